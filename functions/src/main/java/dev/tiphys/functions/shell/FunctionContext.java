package dev.tiphys.functions.shell;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;

/**
 * A Spring context with the functions as beans {@code begin}, {@code start}, {@code stop} and
 * {@code advance} in the catalog of Spring Cloud Function, and nothing else.
 *
 * <p>Beans are registered by code, not found by scan or configuration class, and the context is
 * refreshed without a {@code SpringApplication}: that loads 700 classes less and takes a fifth off
 * the start of a function that is usually asleep.
 */
final class FunctionContext implements Functions, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FunctionContext.class);
  private static final int UNAVAILABLE = 503;
  private static final ResolvableType FUNCTION =
      ResolvableType.forClassWithGenerics(Function.class, CloudEvent.class, Response.class);
  private static final Map<String, Object> PROPERTIES =
      Map.of("spring.functional.enabled", "true", "spring.cloud.function.scan.enabled", "false");

  private final GenericApplicationContext context;
  private final Map<Reaction, Function<CloudEvent, Response>> functions =
      new EnumMap<>(Reaction.class);

  private FunctionContext(GenericApplicationContext context) {
    this.context = context;
    for (Reaction reaction : Reaction.values()) {
      functions.put(reaction, lookup(reaction.lowerCaseName()));
    }
  }

  /** Opens a context with a function for each reaction. */
  static FunctionContext open(Function<Reaction, Subscriber> subscribers) {
    // a thread that would prepare form and web conversions
    System.setProperty(
        ContextFunctionCatalogInitializer.IGNORE_BACKGROUNDPREINITIALIZER_PROPERTY_NAME, "true");
    GenericApplicationContext context = new GenericApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("functions", PROPERTIES));
    new ContextFunctionCatalogInitializer().initialize(context);
    for (Reaction reaction : Reaction.values()) {
      register(context, reaction.lowerCaseName(), subscribers.apply(reaction));
    }
    context.refresh();
    return new FunctionContext(context);
  }

  private static void register(
      GenericApplicationContext context, String name, Subscriber subscriber) {
    Function<CloudEvent, Response> function = event -> deliver(subscriber, event);
    context.registerBean(
        name,
        FunctionRegistration.class,
        () -> new FunctionRegistration<>(function, name).type(FUNCTION.getType()));
  }

  private static Response deliver(Subscriber subscriber, CloudEvent event) {
    try {
      return subscriber.deliver(event);
    } catch (IOException e) {
      log.warn("{} of {} got no answer", event.getId(), event.getSource(), e);
      return Response.problem(UNAVAILABLE, "there was no answer");
    }
  }

  /**
   * Looked up once, at the start: the catalog is not made for many threads at once, and takes a
   * name that it does not know, or one with a {@code |} in it, for more than it is.
   */
  private Function<CloudEvent, Response> lookup(String name) {
    Function<Object, Object> found = catalog().lookup(Function.class, name);
    return event -> (Response) found.apply(event);
  }

  FunctionCatalog catalog() {
    return context.getBean(FunctionCatalog.class);
  }

  @Override
  public Function<CloudEvent, Response> of(Reaction reaction) {
    Function<CloudEvent, Response> function = functions.get(reaction);
    if (function == null) {
      throw new IllegalStateException("every reaction was put in");
    }
    return function;
  }

  @Override
  public void close() {
    context.close();
  }
}
