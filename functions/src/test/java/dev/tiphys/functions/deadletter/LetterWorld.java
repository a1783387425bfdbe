package dev.tiphys.functions.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.functions.PlanBuilder;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Dead letters over ports in memory, with a clock that tests move on. */
final class LetterWorld {
  static final Plan PLAN = PlanBuilder.coinflip();
  static final String RUN = "coinflip-1";
  static final RunParts.Owner OF_PLAN = new RunParts.Owner.OfPlan(PLAN.id());
  static final RunParts.Owner OF_RUN = new RunParts.Owner.OfRun(RUN);
  static final Refusal REFUSAL = new Refusal(422, "no such field", "http://functions/start");

  final InMemoryRuns runs = new InMemoryRuns();
  final InMemoryKeys keys = new InMemoryKeys(new Random(1));
  final CountedParts parts = new CountedParts();
  private final List<Later> later = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private record Later(Instant when, Runnable task) {}

  /** Counts writes, and does not answer while it is told so. */
  static final class CountedParts implements RunParts {
    private final RunParts parts = new InMemoryRunParts();
    int writes;
    boolean away;

    @Override
    public Optional<Part> find(Owner owner, String purpose, int shard) {
      if (away) {
        throw new Unavailable("away");
      }
      return parts.find(owner, purpose, shard);
    }

    @Override
    public Optional<Part> write(Part part) {
      writes++;
      return parts.write(part);
    }
  }

  LetterWorld() {
    Node root = new Node.Task(PLAN.entrypoint(), new TreeMap<>(), false, Phase.RUNNING, "");
    runs.create(
        Run.create(
            RUN, PLAN.workflow(), PLAN.id(), new TreeMap<>(), now, PLAN.entrypoint(), root, null));
    keys.create(RUN);
  }

  /** One pod of the functions. */
  DeadLetters open() {
    Scheduler scheduler =
        new Scheduler() {
          @Override
          public void run(Runnable task) {
            throw new IllegalStateException("nothing has to be done at once");
          }

          @Override
          public void runAfter(Duration wait, Runnable task) {
            later.add(new Later(now.plus(wait), task));
          }
        };
    return new DeadLetters(
        id -> id.equals(PLAN.id()) ? Optional.of(PLAN) : Optional.empty(),
        runs,
        keys,
        parts,
        () -> now,
        scheduler,
        DeadLetters.PACE);
  }

  /** Lets time pass, and what was to be done by then be done. */
  void pass(Duration time) {
    now = now.plus(time);
    List<Later> due = later.stream().filter(it -> !it.when().isAfter(now)).toList();
    later.removeAll(due);
    due.forEach(it -> it.task().run());
  }

  /** An event that anybody can have posted. */
  static CloudEvent outside(String id) {
    return outside(id, "{\"goods\": 1.10}");
  }

  static CloudEvent outside(String id, String data) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/shop"))
        .withType("order")
        .withExtension("customer", "Zoë")
        .withData("application/json", data.getBytes(UTF_8))
        .build();
  }

  /** One that the run has signed. */
  CloudEvent signed(String id) {
    return keys.of(RUN).orElseThrow().control().sign(claimed(id));
  }

  /** One that says that it is the run's. */
  static CloudEvent claimed(String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/tiphys"))
        .withType(EventTypes.RUN_CHANGED)
        .withExtension(Attributes.RUN, RUN)
        .build();
  }

  /** As a broker passes it on that gave up on it. */
  static CloudEvent letter(CloudEvent event) {
    return CloudEventBuilder.from(event)
        .withExtension("knativeerrorcode", 422)
        .withExtension("knativeerrordata", "no such field")
        .withExtension("knativearrivaltime", "2026-01-01T00:00:00Z")
        .withExtension("traceparent", "00-1-1-01")
        .withExtension(Attributes.PLAN, "made-up")
        .build();
  }

  List<LetterPart> parts(RunParts.Owner owner) {
    return IntStream.range(0, Filing.PARTS_MAX + 1)
        .mapToObj(shard -> parts.find(owner, LetterPart.PURPOSE, shard))
        .flatMap(Optional::stream)
        .map(part -> LetterPart.read(part.data()))
        .toList();
  }

  List<DeadLetter> kept(RunParts.Owner owner) {
    return parts(owner).stream().flatMap(part -> part.letters().values().stream()).toList();
  }

  long unkept(RunParts.Owner owner) {
    return parts(owner).stream().mapToLong(LetterPart::unkept).sum();
  }
}
