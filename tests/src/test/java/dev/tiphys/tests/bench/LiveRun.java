package dev.tiphys.tests.bench;

import dev.tiphys.functions.Advance;
import dev.tiphys.functions.Begin;
import dev.tiphys.functions.Decision;
import dev.tiphys.functions.Effect;
import dev.tiphys.functions.Start;
import dev.tiphys.functions.View;
import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A run that the functions themselves have brought as far as it is. */
final class LiveRun {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Plan plan;
  private final RuleIndex rules;
  private final InMemoryInstances instances = new InMemoryInstances(() -> NOW);
  private final InMemoryKeys keys = new InMemoryKeys(new SecureRandom());
  private final String emitter;
  private Run run;

  /** Begins a run, and has the one task of its first group running. */
  LiveRun(Plan plan) {
    this.plan = plan;
    this.rules = new RuleIndex(plan);
    this.run = begun(plan, rules);
    keys.create(run.name());
    perform(Advance.decide(plan, rules.steps(), new View(run, List.of()), Instant.EPOCH));
    this.emitter = instances.of(run.name()).getFirst().name();
    instances.move(emitter, State.PENDING, State.RUNNING, "");
  }

  private static Run begun(Plan plan, RuleIndex rules) {
    CloudEvent begin =
        CloudEventBuilder.v1()
            .withId("begin")
            .withSource(URI.create("/benchmark"))
            .withType(EventTypes.RUN_BEGIN)
            .build();
    return switch (Begin.decide(plan, rules, begin, NOW)) {
      case Begin.Outcome.Begun(Run run) -> run;
      case Begin.Outcome.Ignored ignored -> throw new IllegalStateException(ignored.toString());
      case Begin.Outcome.Rejected(String reason) -> throw new IllegalStateException(reason);
      case Begin.Outcome.Forbidden(String reason) -> throw new IllegalStateException(reason);
    };
  }

  Plan plan() {
    return plan;
  }

  RuleIndex rules() {
    return rules;
  }

  Run run() {
    return run;
  }

  List<Instance> instances() {
    return instances.of(run.name());
  }

  Keys keys() {
    return keys;
  }

  /** What the first task's sidecar publishes as its event of that number. */
  CloudEvent event(String type, long number, String content) {
    StreamSource source = new StreamSource(plan.workflow(), run.name(), emitter, "watcher");
    String stream = source.uri().toString();
    String task = instances.of(run.name()).getFirst().identity().task();
    SigningKey key =
        keys.of(run.name())
            .orElseThrow()
            .emitter(new RunKeys.Emitter(task, emitter, "watcher", type));
    return key.sign(
        CloudEventBuilder.v1()
            .withId(emitter + "/watcher/stdout/" + number)
            .withSource(source.uri())
            .withType(type)
            .withTime(NOW.atOffset(ZoneOffset.UTC))
            .withExtension(Attributes.WORKFLOW, plan.workflow())
            .withExtension(Attributes.RUN, run.name())
            .withExtension(Attributes.TASK, task)
            .withExtension(Attributes.PARTITION_KEY, run.name())
            .withExtension(Attributes.SEQUENCE, new Position(stream, number).attribute())
            .withData(
                "application/json",
                ("{\"content\": \"" + content + "\"}").getBytes(StandardCharsets.UTF_8))
            .build());
  }

  Decision decide(CloudEvent event) {
    return Start.decide(plan, rules, new View(run, instances()), event, Instant.EPOCH);
  }

  /** Has the event start an instance, and that one run. */
  void start(CloudEvent event) {
    perform(decide(event));
    instances().forEach(i -> instances.move(i.name(), State.PENDING, State.RUNNING, ""));
  }

  /** Ends every instance but the first task's. */
  void endStarted() {
    instances().stream()
        .map(Instance::name)
        .filter(name -> !name.equals(emitter))
        .forEach(name -> instances.move(name, State.RUNNING, State.SUCCEEDED, ""));
  }

  private void perform(Decision decision) {
    run = decision.next();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.CreateInstance(var spec)) {
        instances.create(spec);
      }
    }
  }
}
