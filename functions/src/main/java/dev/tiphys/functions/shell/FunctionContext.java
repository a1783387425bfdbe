package dev.tiphys.functions.shell;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.FunctionRegistry;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.config.SmartCompositeMessageConverter;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import tools.jackson.databind.ObjectMapper;

/**
 * A Spring context with the functions as beans {@code begin}, {@code start}, {@code stop}, {@code
 * update} and {@code advance} in the catalog of Spring Cloud Function, and nothing else.
 *
 * <p>Beans are registered by code, not found by scan or configuration class, and the catalog is
 * made here: what Spring Cloud Function would configure around it (annotations, bound properties,
 * converters for types that no function of ours has) takes 0.2 s of a processor at each start of a
 * function that is usually asleep.
 */
final class FunctionContext implements Functions, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FunctionContext.class);
  private static final int UNAVAILABLE = 503;
  private static final ParameterizedTypeReference<FunctionRegistration<?>> REGISTRATION =
      new ParameterizedTypeReference<>() {};
  private static final ResolvableType FUNCTION =
      ResolvableType.forClassWithGenerics(Function.class, CloudEvent.class, Response.class);

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
    GenericApplicationContext context = new GenericApplicationContext();
    context.registerBean(FunctionRegistry.class, FunctionContext::registry);
    for (Reaction reaction : Reaction.values()) {
      register(context, reaction.lowerCaseName(), subscribers.apply(reaction));
    }
    context.refresh();
    context
        .getBeanProvider(REGISTRATION)
        .forEach(context.getBean(FunctionRegistry.class)::register);
    return new FunctionContext(context);
  }

  /** Events and answers pass through as they are, so nothing needs to be converted. */
  private static FunctionRegistry registry() {
    return new SimpleFunctionRegistry(
        new GenericConversionService(),
        new SmartCompositeMessageConverter(List.of(new ByteArrayMessageConverter())),
        new JacksonMapper(new ObjectMapper()));
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
