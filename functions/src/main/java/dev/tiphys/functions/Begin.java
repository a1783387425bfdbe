package dev.tiphys.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.Text;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Begins a run: as a person has asked for it, or by an event that anybody may have sent. Such an
 * event fills values, and none that comes to where code or a name is read from.
 */
public final class Begin {
  /** The only thing that the data of a begin event may have. */
  private static final String PARAMETERS = "parameters";

  private final Plan plan;
  private final RuleIndex rules;
  private final Instant now;

  private Begin(Plan plan, RuleIndex rules, Instant now) {
    this.plan = plan;
    this.rules = rules;
    this.now = now;
  }

  /** What comes of an event that may begin a run. */
  public sealed interface Outcome {
    /** A run to be stored; its name derives from the event, so a redelivery finds it there. */
    record Begun(Run run) implements Outcome {}

    /** The event begins nothing. */
    record Ignored() implements Outcome {}

    /** The event cannot be used. */
    record Rejected(String reason) implements Outcome {}

    /** The event asks for what only those may who can create a run. */
    record Forbidden(String reason) implements Outcome {}
  }

  /**
   * The run that the event begins: its tree is entered and armed, so that no event of its first
   * task can come too early.
   */
  public static Outcome decide(Plan plan, RuleIndex rules, CloudEvent event, Instant now) {
    Optional<String> misplaced = Admission.misplaced(event);
    if (misplaced.isPresent()) {
      return new Outcome.Rejected(misplaced.get());
    }
    Begin begin = new Begin(plan, rules, now);
    return event.getType().equals(EventTypes.RUN_BEGIN)
        ? begin.byBeginEvent(event)
        : begin.byEventOfEntrypoint(event);
  }

  /** The run that a person has created: begun, or failed because it cannot begin. */
  public static Run requested(Plan plan, RuleIndex rules, RunRequest request, Instant now) {
    return new Begin(plan, rules, now).of(request);
  }

  private Run of(RunRequest request) {
    Optional<String> problem =
        plan.workflow().equals(request.workflow())
            ? awaited()
                .or(() -> problem(request.parameters()))
                .or(() -> missing(request.parameters()))
            : Optional.of("plan " + plan.id() + " is not one of workflow " + request.workflow());
    return problem.isPresent()
        ? Run.refused(request, problem.get(), now)
        : run(request.name(), request.parameters(), new TreeMap<>(), null);
  }

  private Outcome byBeginEvent(CloudEvent event) {
    if (event.getData() == null) {
      return begun(event, new TreeMap<>(), new TreeMap<>());
    }
    JsonNode data;
    try {
      data = Json.parse(event.getData().toBytes());
    } catch (IOException e) {
      return new Outcome.Rejected("the data is not JSON");
    }
    Optional<String> misshapen = misshapen(data);
    if (misshapen.isPresent()) {
      return new Outcome.Rejected(misshapen.get());
    }
    SortedMap<String, String> given = new TreeMap<>();
    data.path(PARAMETERS).properties().forEach(e -> given.put(e.getKey(), e.getValue().asText()));
    return begun(event, given, new TreeMap<>());
  }

  private static Optional<String> misshapen(JsonNode data) {
    if (!data.isObject()) {
      return Optional.of("the data is no JSON object");
    }
    Optional<String> other =
        data.propertyStream().map(Map.Entry::getKey).filter(k -> !k.equals(PARAMETERS)).findFirst();
    if (other.isPresent()) {
      return Optional.of("the data has `" + other.get() + "`, and may have `parameters` alone");
    }
    JsonNode parameters = data.path(PARAMETERS);
    if (!parameters.isMissingNode() && !parameters.isObject()) {
      return Optional.of("`parameters` is no JSON object");
    }
    return parameters
        .propertyStream()
        .filter(given -> given.getValue().isContainerNode() || given.getValue().isNull())
        .map(given -> "the parameter `" + given.getKey() + "` is not a plain value")
        .findFirst();
  }

  private Outcome byEventOfEntrypoint(CloudEvent event) {
    List<Rule.Begin> fired =
        Position.endsStream(event) || Position.standsIn(event)
            ? List.of()
            : rules.firedBy(event, Rule.Begin.class);
    if (fired.isEmpty()) {
      return new Outcome.Ignored();
    }
    SortedMap<String, String> inputs = new TreeMap<>();
    for (Rule.Begin rule : fired) {
      Optional<String> value = valueOf(rule, event);
      if (value.isEmpty()) {
        return new Outcome.Rejected("the event has nothing for the input `" + rule.input() + "`");
      }
      Optional<String> problem = Values.problem(value.get());
      if (problem.isPresent()) {
        return new Outcome.Rejected("the input `" + rule.input() + "`: " + problem.get());
      }
      inputs.put(rule.input(), value.get());
    }
    return begun(event, new TreeMap<>(), inputs);
  }

  /** What anybody may ask for is begun. */
  private Outcome begun(
      CloudEvent event, SortedMap<String, String> given, SortedMap<String, String> inputs) {
    Optional<String> problem =
        (inputs.isEmpty() ? awaited() : Optional.<String>empty()).or(() -> problem(given));
    if (problem.isPresent()) {
      return new Outcome.Rejected(problem.get());
    }
    Optional<String> forbidden = forbidden(given);
    if (forbidden.isPresent()) {
      return new Outcome.Forbidden(forbidden.get());
    }
    Optional<String> missing = missing(given);
    if (missing.isPresent()) {
      return new Outcome.Rejected(missing.get());
    }
    EventKey key = EventKey.of(event);
    Run.Cause cause = new Run.Cause(key, new TreeSet<>(given.keySet()));
    return new Outcome.Begun(run(Names.run(plan.runPrefix(), key), given, inputs, cause));
  }

  /** The parameter that an outsider must not set, and the place that its value would come to. */
  private Optional<String> forbidden(SortedMap<String, String> given) {
    return plan.parameters().stream()
        .filter(parameter -> given.containsKey(parameter.name()) && !parameter.reaches().isEmpty())
        .map(
            parameter ->
                "the parameter `%s` comes to %s: only those may set it who can create a run (tiphys submit -p, or a WorkflowRun)"
                    .formatted(parameter.name(), String.join(" and to ", parameter.reaches())))
        .findFirst();
  }

  /** A run whose entrypoint takes an event begins with one. */
  private Optional<String> awaited() {
    List<String> types = plan.awaited();
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of("the run begins with an event of type " + String.join(" or ", types));
  }

  private Optional<String> problem(SortedMap<String, String> given) {
    for (Map.Entry<String, String> parameter : given.entrySet()) {
      String name = parameter.getKey();
      if (plan.parameters().stream().noneMatch(p -> p.name().equals(name))) {
        return Optional.of("the workflow has no parameter `" + name + "`");
      }
      Optional<String> problem = Values.problem(parameter.getValue());
      if (problem.isPresent()) {
        return Optional.of("the parameter `" + name + "`: " + problem.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> missing(SortedMap<String, String> given) {
    return plan.parameters().stream()
        .filter(parameter -> parameter.value() == null && !given.containsKey(parameter.name()))
        .map(parameter -> "the parameter `" + parameter.name() + "` has no value")
        .findFirst();
  }

  private Run run(
      String name,
      SortedMap<String, String> given,
      SortedMap<String, String> inputs,
      Run.@Nullable Cause cause) {
    SortedMap<String, String> parameters = new TreeMap<>(plan.defaults());
    parameters.putAll(given);
    String root = plan.entrypoint();
    Node placeholder = new Node.Task(root, new TreeMap<>(), false, Phase.RUNNING, "");
    Run empty =
        Run.create(name, plan.workflow(), plan.id(), parameters, now, root, placeholder, cause);
    SortedMap<String, String> filled = new TreeMap<>(inputs);
    for (Input input : plan.template(root).inputs()) {
      if (input instanceof Input.FromArgument argument) {
        String value = argumentOf(empty, argument);
        if (value != null) {
          filled.put(input.name(), value);
        }
      }
    }
    Entering entering = new Entering(plan, rules.steps(), new View(empty, List.of()));
    entering.enter(root, Entering.node(plan.template(root), filled));
    return entering.run();
  }

  /** The entrypoint's inputs are filled by workflow parameters of the same name, as in Argo. */
  private static @Nullable String argumentOf(Run run, Input.FromArgument input) {
    Text fallback = input.defaultValue();
    return run.parameters().containsKey(input.name())
        ? run.parameters().get(input.name())
        : fallback == null ? null : fallback.render(Values.of(run, Map.of()));
  }

  private Optional<String> valueOf(Rule.Begin rule, CloudEvent event) {
    return plan.template(plan.entrypoint()).inputs().stream()
        .filter(input -> input.name().equals(rule.input()))
        .flatMap(input -> input instanceof Input.FromEvent e ? Stream.of(e) : null)
        .findFirst()
        .flatMap(input -> input.valueIn(event));
  }
}
