package dev.tiphys.tests.adversary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.tests.adversary.Facts.Fact;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.HttpIngress;
import dev.tiphys.triggers.http.Received;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Routes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Two live runs of the victim behind a broker's address and the functions' paths. Every event is
 * delivered before its post is answered, and twice the same target gives twice the same.
 */
final class Target implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String RUN = "victim-1";
  private static final String ANOTHER = "victim-2";

  /** Replies to replies: a loop would be a breach of its own. */
  private static final int REPLIES_MAX = 10;

  private final Plan plan;
  private final UnaryOperator<CloudEvent> carrier;
  private final InMemoryRuns runs = new InMemoryRuns();
  private final InMemoryKeys keys = new InMemoryKeys(new Random(1));
  private final InMemoryInstances instances = new InMemoryInstances(() -> NOW);
  private final Reactions reactions;
  private final HttpIngress ingress;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param plans what is found under a plan's id
   * @param carrier what happens to an event on its way; nothing, unless a defence is switched off
   */
  Target(Plan plan, Plans plans, UnaryOperator<CloudEvent> carrier) throws IOException {
    this.plan = plan;
    this.carrier = carrier;
    this.reactions = new Reactions(plans, runs, new InMemoryRunParts(), instances, keys, () -> NOW);
    this.ingress =
        HttpIngress.start(
            new DirectBroker(),
            HttpIngress.Options.DEFAULT,
            event -> reactions.refusal(plan.id(), event).map(Target::answer));
    live(RUN);
    live(ANOTHER);
  }

  /** One that is defended as it should be. */
  static Target defended(Plan plan) throws IOException {
    return new Target(plan, known(plan), UnaryOperator.identity());
  }

  static Plans known(Plan plan) {
    return id -> plan.id().equals(id) ? Optional.of(plan) : Optional.empty();
  }

  private static HttpAnswer answer(Response response) {
    return HttpAnswer.problem(response.status(), response.problem());
  }

  /** The functions, for whoever reaches them. */
  Reactions reactions() {
    return reactions;
  }

  /** Has something happen that {@code advance} is to hear of; the others wait for their events. */
  void leaveWorkFor(Reaction reaction) {
    if (reaction == Reaction.ADVANCE) {
      runs.control(RUN, Run.Control.STOP);
    }
  }

  /** The keys of the run, for whoever is to have stolen them. */
  RunKeys stolen() {
    return keys.of(RUN).orElseThrow();
  }

  Attacks attacks() {
    return new Attacks(plan, RUN, overheard(RUN), overheard(ANOTHER));
  }

  private void live(String name) {
    runs.request(new RunRequest(name, plan.workflow(), plan.id(), new TreeMap<>()));
    deliver(
        CloudEventBuilder.v1()
            .withId("begin")
            .withSource(URI.create("/me"))
            .withType(EventTypes.RUN_BEGIN)
            .withExtension(Attributes.RUN, name)
            .build());
    // what the first tasks emit starts another, and what that one emits stops the first
    hear(name);
    hear(name);
  }

  private void hear(String name) {
    for (Instance instance : instances.of(name)) {
      instances.move(instance.name(), Instance.State.PENDING, Instance.State.RUNNING, "");
    }
    overheard(name).values().forEach(request -> deliver(event(request.headers(), request.body())));
  }

  /** What the sidecars of the run's instances have published: one event each. */
  private Map<String, Attacks.Request> overheard(String name) {
    Map<String, Attacks.Request> events = new HashMap<>();
    for (Instance instance : instances.of(name)) {
      InstanceSpec spec = instances.spec(instance.name()).orElseThrow();
      for (EventSidecar sidecar : spec.sidecars()) {
        CloudEvent event = emitted(instance, sidecar);
        TreeMap<String, String> headers = new TreeMap<>();
        byte[] data = HttpEvents.write(event, headers::put);
        events.put(event.getType(), new Attacks.Request(headers, new String(data, UTF_8)));
      }
    }
    return events;
  }

  private CloudEvent emitted(Instance by, EventSidecar sidecar) {
    Instance.Identity its = by.identity();
    URI source = new StreamSource(its.workflow(), its.run(), its.name(), sidecar.name()).uri();
    return keys.of(its.run())
        .orElseThrow()
        .emitter(new RunKeys.Emitter(its.task(), its.name(), sidecar.name(), sidecar.eventType()))
        .sign(
            CloudEventBuilder.v1()
                .withId(its.name() + "/" + sidecar.name() + "/1")
                .withSource(source)
                .withType(sidecar.eventType())
                .withTime(NOW.atOffset(ZoneOffset.UTC))
                .withExtension(Attributes.WORKFLOW, its.workflow())
                .withExtension(Attributes.RUN, its.run())
                .withExtension(Attributes.TASK, its.task())
                .withExtension(Attributes.INSTANCE, its.name())
                .withExtension(Attributes.PARTITION_KEY, its.run())
                .withExtension(Attributes.SEQUENCE, new Position(source.toString(), 1).attribute())
                .withData("application/json", "{\"content\": \"heads\"}".getBytes(UTF_8))
                .build());
  }

  /** Does it, and waits until all of it has happened. */
  void suffer(Attack attack) throws IOException, InterruptedException {
    if (attack.path().equals("/")) {
      post(attack);
    } else {
      FunctionPath path = FunctionPath.parse(attack.path()).orElseThrow();
      if (read(attack.headers(), attack.body()) instanceof Received.Event(CloudEvent event)) {
        follow(reactions.subscriber(path.reaction()).deliver(path.stamp(event)), REPLIES_MAX);
      }
    }
  }

  private void post(Attack attack) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(ingress.uri());
    attack.headers().forEach(request::header);
    client.send(
        request.POST(HttpRequest.BodyPublishers.ofString(attack.body())).build(),
        HttpResponse.BodyHandlers.discarding());
  }

  private static Received read(Map<String, String> headers, String body) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return HttpEvents.read(all, body.getBytes(UTF_8));
  }

  private static CloudEvent event(Map<String, String> headers, String body) {
    if (read(headers, body) instanceof Received.Event(CloudEvent event)) {
      return event;
    }
    throw new IllegalArgumentException("no event: " + headers);
  }

  /** All that can be seen. */
  Facts facts() {
    SortedMap<String, Fact> facts = new TreeMap<>();
    for (Run run : runs.all()) {
      facts.put(
          Breaches.RUN + run.name(), new Fact(run.name(), Json.write(run.withVersion("")), ""));
      for (Instance instance : instances.of(run.name())) {
        InstanceSpec spec = instances.spec(instance.name()).orElseThrow();
        facts.put(
            Breaches.INSTANCE + instance.name(),
            new Fact(
                instance.identity().task(),
                Json.write(instance) + Json.write(instances.parameters(instance.name())),
                code(spec)));
      }
    }
    return new Facts(facts);
  }

  private static String code(InstanceSpec spec) {
    InstanceSpec.Launch launch = spec.launch();
    return String.join(
        " ",
        launch.image(),
        launch.command().toString(),
        launch.args().toString(),
        String.valueOf(launch.source()),
        launch.env().keySet().toString());
  }

  private void deliver(CloudEvent event) {
    new DirectBroker().publish(event);
  }

  private void follow(Response response, int left) {
    CloudEvent reply = response.success() ? response.reply() : null;
    if (reply != null) {
      if (left == 0) {
        throw new AssertionError("a loop: " + reply);
      }
      publish(reply, left - 1);
    }
  }

  private void publish(CloudEvent event, int left) {
    CloudEvent carried = carrier.apply(event);
    for (Map.Entry<Reaction, Filter> route : Routes.of(plan).entrySet()) {
      if (route.getValue().matches(carried)) {
        FunctionPath path = new FunctionPath(route.getKey(), plan.id());
        try {
          follow(reactions.subscriber(route.getKey()).deliver(path.stamp(carried)), left);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Delivers before it answers. */
  private final class DirectBroker implements Broker {
    @Override
    public CompletionStage<Void> publish(CloudEvent event) {
      Target.this.publish(event, REPLIES_MAX);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() {
    client.close();
    ingress.close();
  }
}
