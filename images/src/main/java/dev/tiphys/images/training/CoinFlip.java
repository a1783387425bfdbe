package dev.tiphys.images.training;

import dev.tiphys.triggers.event.ObjectField;
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
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workflow with something for each function: {@code flip} publishes coins, each of them starts a
 * {@code heads}, and what that publishes stops {@code flip}.
 */
final class CoinFlip {
  static final String COIN = "training.coin";
  static final String STOP = "training.stop";

  private static final String IMAGE = "busybox:1.37";

  private CoinFlip() {}

  static Plan plan() {
    TreeMap<String, Template> templates = new TreeMap<>();
    templates.put(
        "main",
        new StepsTemplate(
            "main",
            List.of(),
            List.of(List.of(step("flip", null)), List.of(step("heads", heads())))));
    templates.put("flip", task("flip", input("stop", STOP, EventPolicy.DELETE), COIN));
    templates.put("heads", task("heads", input("coin", COIN, EventPolicy.CREATE), STOP));
    List<Rule> rules =
        List.of(new Rule.Start(filter(COIN), "main", "heads"), new Rule.Stop(filter(STOP), "flip"));
    return new Plan("training", "training-", "main", List.of(), null, templates, rules);
  }

  private static Step step(String name, @Nullable Condition when) {
    return new Step(name, name, new TreeMap<>(), when, false);
  }

  private static Condition heads() {
    return new Condition.Compare(
        Condition.Operator.EQUAL,
        new Text(List.of(new Text.InputParameter("coin"))),
        Text.literal("heads"));
  }

  private static TaskTemplate task(String name, Input input, String emits) {
    EventSidecar sidecar =
        new EventSidecar.StdoutWatcher(
            new EventSidecar.Common("watch", "stdoutwatcher", emits, new TreeMap<>(), null),
            EventSidecar.Stream.STDOUT,
            EventSidecar.OnStop.DISCARD);
    Work work =
        new Work.Container(
            IMAGE, List.of(Text.literal("echo")), List.of(Text.literal("heads")), new TreeMap<>());
    return new TaskTemplate(
        name, List.of(input), work, List.of(sidecar), null, ConcurrencyPolicy.ALLOW);
  }

  private static Input input(String name, String type, EventPolicy policy) {
    return new Input.FromEvent(
        name, filter(type), ObjectField.parse("content").orElseThrow(), policy);
  }

  private static EventFilter filter(String type) {
    return new EventFilter(type, new TreeMap<>(), false);
  }
}
