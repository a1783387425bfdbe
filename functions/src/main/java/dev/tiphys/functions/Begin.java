package dev.tiphys.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.StepIndex;
import dev.tiphys.triggers.plan.Text;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins a run: by the begin event, or by an external event that the entrypoint takes. */
public final class Begin {
  private Begin() {}

  /** What comes of an event that may begin a run. */
  public sealed interface Outcome {
    /** A run to be stored; its name derives from the event, so a redelivery finds it there. */
    record Begun(Run run) implements Outcome {}

    /** The event begins nothing. */
    record Ignored() implements Outcome {}

    /** The event cannot be used. */
    record Rejected(String reason) implements Outcome {}
  }

  /**
   * The run that the event begins: its tree is entered and armed, so that no event of its first
   * task can come too early.
   */
  public static Outcome decide(Plan plan, RuleIndex rules, CloudEvent event, Instant now) {
    SortedMap<String, String> parameters = new TreeMap<>(plan.defaults());
    SortedMap<String, String> inputs = new TreeMap<>();
    if (event.getType().equals(EventTypes.RUN_BEGIN)) {
      Optional<String> problem = readParameters(plan, event, parameters);
      if (problem.isPresent()) {
        return new Outcome.Rejected(problem.get());
      }
    } else {
      List<Rule.Begin> fired =
          Position.endsStream(event) || Position.standsIn(event)
              ? List.of()
              : rules.firedBy(event, Rule.Begin.class);
      if (fired.isEmpty()) {
        return new Outcome.Ignored();
      }
      for (Rule.Begin rule : fired) {
        Optional<String> value = valueOf(plan, rule, event);
        if (value.isEmpty()) {
          return new Outcome.Rejected("the event has nothing for the input `" + rule.input() + "`");
        }
        Optional<String> problem = Values.problem(value.get());
        if (problem.isPresent()) {
          return new Outcome.Rejected("the input `" + rule.input() + "`: " + problem.get());
        }
        inputs.put(rule.input(), value.get());
      }
    }
    Optional<String> missing =
        plan.parameters().stream()
            .map(Plan.Parameter::name)
            .filter(name -> !parameters.containsKey(name))
            .findFirst();
    return missing.isPresent()
        ? new Outcome.Rejected("the parameter `" + missing.get() + "` has no value")
        : new Outcome.Begun(run(plan, rules.steps(), event, parameters, inputs, now));
  }

  private static Run run(
      Plan plan,
      StepIndex steps,
      CloudEvent event,
      SortedMap<String, String> parameters,
      SortedMap<String, String> inputs,
      Instant now) {
    String root = plan.entrypoint();
    Node placeholder = new Node.Task(root, new TreeMap<>(), false, Phase.RUNNING, "");
    Run empty =
        Run.create(
            Names.run(plan.runPrefix(), EventKey.of(event)),
            plan.workflow(),
            plan.id(),
            parameters,
            now,
            root,
            placeholder);
    for (Input input : plan.template(root).inputs()) {
      if (input instanceof Input.FromArgument argument) {
        String value = argumentOf(empty, argument);
        if (value != null) {
          inputs.put(input.name(), value);
        }
      }
    }
    Entering entering = new Entering(plan, steps, new View(empty, List.of()));
    entering.enter(root, Entering.node(plan.template(root), inputs));
    return entering.run();
  }

  /** The entrypoint's inputs are filled by workflow parameters of the same name, as in Argo. */
  private static @Nullable String argumentOf(Run run, Input.FromArgument input) {
    Text fallback = input.defaultValue();
    return run.parameters().containsKey(input.name())
        ? run.parameters().get(input.name())
        : fallback == null ? null : fallback.render(Values.of(run, Map.of()));
  }

  private static Optional<String> valueOf(Plan plan, Rule.Begin rule, CloudEvent event) {
    return plan.template(plan.entrypoint()).inputs().stream()
        .filter(input -> input.name().equals(rule.input()))
        .flatMap(input -> input instanceof Input.FromEvent e ? Stream.of(e) : null)
        .findFirst()
        .flatMap(input -> input.valueIn(event));
  }

  /** Puts the event's parameters in; the problem, if they are none. */
  private static Optional<String> readParameters(
      Plan plan, CloudEvent event, SortedMap<String, String> parameters) {
    if (event.getData() == null) {
      return Optional.empty();
    }
    JsonNode data;
    try {
      data = Json.parse(event.getData().toBytes());
    } catch (IOException e) {
      return Optional.of("the data is not JSON");
    }
    for (Map.Entry<String, JsonNode> given : data.path("parameters").properties()) {
      if (plan.parameters().stream().noneMatch(p -> p.name().equals(given.getKey()))) {
        return Optional.of("the workflow has no parameter `" + given.getKey() + "`");
      }
      if (given.getValue().isContainerNode() || given.getValue().isNull()) {
        return Optional.of("the parameter `" + given.getKey() + "` is not a plain value");
      }
      Optional<String> problem = Values.problem(given.getValue().asText());
      if (problem.isPresent()) {
        return Optional.of("the parameter `" + given.getKey() + "`: " + problem.get());
      }
      parameters.put(given.getKey(), given.getValue().asText());
    }
    return Optional.empty();
  }
}
