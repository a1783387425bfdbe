package dev.tiphys.functions;

import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run over ports in memory: tests deliver events to functions and move instances by hand. */
final class World {
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  final Plan plan;
  final InMemoryRuns runs = new InMemoryRuns();
  final InMemoryRunParts parts = new InMemoryRunParts();
  final InMemoryKeys keys = new InMemoryKeys(new Random(1));
  final InMemoryInstances instances;
  final Reactions reactions;

  /** Id of one that was applied after the plan, and that is otherwise the same. */
  static final String NEWER = "newer";

  /** Whether the plan's events still reach the functions when another was applied after it. */
  boolean served = true;

  private Instant now = EPOCH;
  private @Nullable String run;

  World(Plan plan) {
    this.plan = plan;
    this.instances = new InMemoryInstances(() -> now);
    this.reactions =
        new Reactions(
            new Plans() {
              @Override
              public Optional<Plan> find(String id) {
                return plan.id().equals(id) || id.equals(NEWER)
                    ? Optional.of(plan)
                    : Optional.empty();
              }

              @Override
              public boolean served(String id) {
                return served;
              }
            },
            runs,
            parts,
            instances,
            keys,
            () -> now);
  }

  /** A world whose run has begun and was advanced once. */
  static World begun(Plan plan) {
    World world = new World(plan);
    world.begin("{}");
    world.advance();
    return world;
  }

  Response begin(String data) {
    Response response =
        deliver(
            Reaction.BEGIN,
            external("begin-1", EventTypes.RUN_BEGIN)
                .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
                .build());
    run = runs.all().stream().map(Run::name).findFirst().orElse(null);
    return response;
  }

  /** Delivers one event to one function. */
  Response deliver(Reaction reaction, CloudEvent event) {
    try {
      return reactions.subscriber(reaction).deliver(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void advance() {
    deliver(Reaction.ADVANCE, sign(EventTypes.RUN_CHANGED));
  }

  /** An event about the run as a whole. */
  CloudEvent sign(String type) {
    return signed(external("sign", type).withExtension(Attributes.RUN, run().name()).build());
  }

  /** The only run. */
  Run run() {
    return runs.find(Objects.requireNonNull(run)).orElseThrow();
  }

  Phase phase() {
    return summary().phase();
  }

  Summary summary() {
    return Summary.of(plan, run(), instances.of(run().name()));
  }

  Tally tally(String task) {
    return Objects.requireNonNull(summary().tasks().get(task)).tally();
  }

  List<Instance> of(String task) {
    return instances.of(run().name()).stream()
        .filter(i -> i.identity().task().equals(task))
        .toList();
  }

  Instance only(String task) {
    List<Instance> found = of(task);
    if (found.size() != 1) {
      throw new AssertionError("not one instance of " + task + " but " + found);
    }
    return found.getFirst();
  }

  /** Lets so many instances wait at the node. */
  void queue(String path, String task, int count) {
    for (int n = 1; n <= count; n++) {
      EventKey key = new EventKey("/outside", "queued-" + n);
      String name = Names.instance(run().name(), path, key);
      Instance.Cause cause = new Instance.Cause(key, null, null);
      instances.create(
          new InstanceSpec(
              new Instance.Identity(name, plan.workflow(), run().name(), path, task, cause, 0),
              true,
              new TreeMap<>(),
              new InstanceSpec.Launch("image", List.of(), List.of(), new TreeMap<>(), null),
              List.of()));
    }
  }

  Instant now() {
    return now;
  }

  OffsetDateTime time() {
    return now.atOffset(ZoneOffset.UTC);
  }

  void later() {
    now = now.plusSeconds(1);
  }

  void later(Duration by) {
    now = now.plus(by);
  }

  /** Lets a pending instance run. */
  void start(Instance instance) {
    instances.move(instance.name(), State.PENDING, State.RUNNING, "");
  }

  /** Lets an instance run and end well. */
  void succeed(Instance instance) {
    start(instance);
    instances.move(instance.name(), State.RUNNING, State.SUCCEEDED, "");
  }

  /** Lets the coin show heads at its first flip, and the instance that this starts end well. */
  Instance succeedHeads(Instance flip) {
    start(flip);
    deliver(Reaction.START, emitted(flip, "watch", "coin", 1, "heads"));
    Instance heads = only("heads");
    succeed(heads);
    return heads;
  }

  /** Lets an instance run and fail. */
  void fail(Instance instance) {
    start(instance);
    instances.move(instance.name(), State.RUNNING, State.FAILED, "exit code 1");
  }

  /** The n-th event of a sidecar of the instance. */
  CloudEvent emitted(Instance by, String sidecar, String type, long n, String content) {
    return signed(
        stream(by, sidecar, type, n)
            .withId(by.name() + "/" + sidecar + "/" + n)
            .withTime(time())
            .withData(
                "application/json",
                ("{\"content\": \"" + content + "\"}").getBytes(StandardCharsets.UTF_8))
            .build());
  }

  /** An event from outside with this content. */
  CloudEvent posted(String id, String type, String content) {
    return external(id, type)
        .withData(
            "application/json",
            ("{\"content\": \"" + content + "\"}").getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** The marker that ends the stream after n events. */
  CloudEvent marker(Instance by, String sidecar, String type, long n) {
    return signed(
        stream(by, sidecar, type, n)
            .withId(by.name() + "/" + sidecar + "/end")
            .withExtension(Attributes.END_OF_STREAM, "true")
            .build());
  }

  private CloudEventBuilder stream(Instance by, String sidecar, String type, long n) {
    URI source = new StreamSource(plan.workflow(), run().name(), by.name(), sidecar).uri();
    return CloudEventBuilder.v1()
        .withSource(source)
        .withType(type)
        .withExtension(Attributes.RUN, run().name())
        .withExtension(Attributes.TASK, by.identity().task())
        .withExtension(Attributes.PARTITION_KEY, run().name())
        .withExtension(Attributes.SEQUENCE, new Position(source.toString(), n).attribute());
  }

  /** An event from outside. */
  CloudEventBuilder external(String id, String type) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/outside"))
        .withType(type)
        .withExtension(Attributes.PLAN, plan.id());
  }

  /** As whoever emits events of its type signs it. */
  CloudEvent signed(CloudEvent event) {
    RunKeys its = keys.of(run().name()).orElseThrow();
    if (event.getType().startsWith(EventTypes.RESERVED_PREFIX)) {
      return its.control().sign(event);
    }
    StreamSource source = StreamSource.parse(event.getSource().toString()).orElseThrow();
    String task = String.valueOf(Attributes.value(event, Attributes.TASK));
    return its.emitter(
            new RunKeys.Emitter(task, source.instance(), source.container(), event.getType()))
        .sign(event);
  }
}
