package dev.tiphys.images.training;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workflow with something for each function: {@code flip} publishes coins, each of them starts a
 * {@code heads}, and what that publishes stops {@code flip}.
 */
final class CoinFlip {
  static final String FLIP = "flip";
  static final String HEADS = "heads";

  private static final String WORKFLOW = "training";
  private static final String COIN = "training.coin";
  private static final String STOP = "training.stop";
  private static final String SIDECAR = "watch";
  static final String JSON = "application/json";
  private static final String IMAGE = "busybox:1.37";

  private CoinFlip() {}

  static Plan plan() {
    TreeMap<String, Template> templates = new TreeMap<>();
    templates.put(
        "main",
        new StepsTemplate(
            "main", List.of(), List.of(List.of(step(FLIP, null)), List.of(step(HEADS, heads())))));
    templates.put(FLIP, task(FLIP, input("stop", filter(STOP), EventPolicy.DELETE), COIN));
    templates.put(HEADS, task(HEADS, input("coin", filter(COIN), EventPolicy.CREATE), STOP));
    List<Rule> rules =
        List.of(new Rule.Start(filter(COIN), "main", HEADS), new Rule.Stop(filter(STOP), FLIP));
    return new Plan(WORKFLOW, "training-", "main", List.of(), null, templates, rules);
  }

  static CloudEvent begin(int n) {
    return CloudEventBuilder.v1()
        .withId("begin-" + n)
        .withSource(URI.create("/training"))
        .withType(EventTypes.RUN_BEGIN)
        .withData(JSON, "{\"parameters\":{}}".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** What the pod of {@link #FLIP} publishes. */
  static CloudEvent coin(String run, String pod, RunKeys keys) {
    return event(run, COIN, FLIP, pod, keys);
  }

  /** What the pod of {@link #HEADS} publishes. */
  static CloudEvent stop(String run, String pod, RunKeys keys) {
    return event(run, STOP, HEADS, pod, keys);
  }

  /** The first event of the pod's stdoutwatcher. */
  private static CloudEvent event(String run, String type, String task, String pod, RunKeys keys) {
    URI source = new StreamSource(WORKFLOW, run, pod, SIDECAR).uri();
    SigningKey key = keys.emitter(new RunKeys.Emitter(task, pod, SIDECAR, type));
    return key.sign(
        CloudEventBuilder.v1()
            .withId(pod + "-1")
            .withSource(source)
            .withType(type)
            .withTime(OffsetDateTime.now(ZoneOffset.UTC))
            .withExtension(Attributes.WORKFLOW, WORKFLOW)
            .withExtension(Attributes.RUN, run)
            .withExtension(Attributes.TASK, task)
            .withExtension(Attributes.INSTANCE, pod)
            .withExtension(Attributes.PARTITION_KEY, run)
            .withExtension(Attributes.SEQUENCE, new Position(source.toString(), 1).attribute())
            .withData(JSON, "{\"content\":\"heads\"}".getBytes(StandardCharsets.UTF_8))
            .build());
  }

  static Step step(String name, @Nullable Condition when) {
    return new Step(name, name, new TreeMap<>(), when, false);
  }

  private static Condition heads() {
    return new Condition.Compare(
        Condition.Operator.EQUAL,
        new Text(List.of(new Text.InputParameter("coin"))),
        Text.literal("heads"));
  }

  static TaskTemplate task(String name, Input input, String emits) {
    EventSidecar sidecar =
        new EventSidecar.StdoutWatcher(
            new EventSidecar.Common(SIDECAR, "stdoutwatcher", emits, new TreeMap<>(), null),
            EventSidecar.Stream.STDOUT,
            EventSidecar.OnStop.DISCARD);
    Work work =
        new Work.Container(
            IMAGE, List.of(Text.literal("echo")), List.of(Text.literal("heads")), new TreeMap<>());
    return new TaskTemplate(
        name, List.of(input), work, List.of(sidecar), null, ConcurrencyPolicy.ALLOW);
  }

  static Input input(String name, EventFilter filter, EventPolicy policy) {
    return new Input.FromEvent(name, filter, ObjectField.parse("content").orElseThrow(), policy);
  }

  private static EventFilter filter(String type) {
    return new EventFilter(type, new TreeMap<>(), false);
  }
}
