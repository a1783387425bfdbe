package dev.tiphys.knative;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Delivery.BackoffPolicy;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.broker.Trigger.Address;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Routes;
import dev.tiphys.triggers.plan.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides which Triggers a Plan needs, in an order that the Plan alone decides.
 *
 * <p>A run is served by the Triggers of the Plan that it was begun with, so their names hold the
 * Plan's id, and those of the next Plan stand beside them. Only what begins runs has the same name
 * in each Plan of a workflow: the Plan that was applied last begins them.
 */
final class Subscriptions {
  /**
   * A full queue of gated instances answers 429 until instances end, maybe for hours, and its
   * events must not be dead-lettered meanwhile: with linear waits so many tries last 0.1 s * (1 +
   * ... + 1,000), nearly 14 hours, while the first come at once and none later than after 100 s.
   * What can never succeed answers another 4xx, which is not retried at all.
   */
  private static final int RETRIES = 1_000;

  private static final Duration BACKOFF_DELAY = Duration.ofMillis(100);

  private final Plan plan;
  private final Options options;

  /** What a rule's Trigger is made from. */
  private record Edge(String name, Reaction reaction, EventFilter on) {}

  private Subscriptions(Plan plan, Options options) {
    this.plan = plan;
    this.options = options;
  }

  static List<Trigger> of(Plan plan, Options options) {
    Subscriptions subscriptions = new Subscriptions(plan, options);
    return switch (options.triggers()) {
      case PER_FUNCTION -> subscriptions.perFunction();
      case PER_RULE -> subscriptions.perRule();
    };
  }

  private List<Trigger> perFunction() {
    List<Trigger> triggers = new ArrayList<>();
    Routes.of(plan)
        .forEach(
            (reaction, filter) -> triggers.add(trigger(functionName(reaction), reaction, filter)));
    return triggers;
  }

  private List<Trigger> perRule() {
    SortedMap<Reaction, Filter> routes = Routes.of(plan);
    List<Trigger> triggers = new ArrayList<>();
    // one for all of its rules, so that none of an older Plan is left beside it
    triggers.add(functionTrigger(Reaction.BEGIN, routes));
    List<Edge> edges = plan.rules().stream().flatMap(this::edge).distinct().toList();
    Set<String> once = new HashSet<>();
    Set<String> repeated =
        edges.stream().map(Edge::name).filter(name -> !once.add(name)).collect(toSet());
    for (Edge edge : edges) {
      String unique =
          repeated.contains(edge.name())
              ? ResourceName.withHash(edge.name(), Json.write(edge.on()))
              : edge.name();
      triggers.add(trigger(unique, edge.reaction(), exactly(edge.on())));
    }
    triggers.add(functionTrigger(Reaction.ADVANCE, routes));
    return triggers;
  }

  private Trigger functionTrigger(Reaction reaction, SortedMap<Reaction, Filter> routes) {
    return trigger(functionName(reaction), reaction, requireNonNull(routes.get(reaction)));
  }

  /** A step of one name in two scopes is one Trigger: the function sees to both. */
  private Stream<Edge> edge(Rule rule) {
    return switch (rule) {
      case Rule.Begin _ -> Stream.empty();
      case Rule.Start start -> Stream.of(edge(rule, Reaction.START, start.step()));
      case Rule.Stop stop -> Stream.of(edge(rule, Reaction.STOP, stop.task()));
      case Rule.Update update ->
          Stream.of(edge(rule, Reaction.UPDATE, update.task() + "-" + update.input()));
    };
  }

  private Edge edge(Rule rule, Reaction reaction, String listener) {
    return new Edge(functionName(reaction) + "-" + listener, reaction, toBeHeard(rule.on()));
  }

  /**
   * Whoever listens to a stream has to hear all of it, also what starts and stops nothing: it is
   * over only when each of its events is accounted for. What comes from outside has no end to wait
   * for.
   */
  private static EventFilter toBeHeard(EventFilter on) {
    return on.external() ? on : new EventFilter(on.type(), Collections.emptySortedMap(), false);
  }

  private Trigger trigger(String name, Reaction reaction, Filter filter) {
    FunctionService service = FunctionService.serving(reaction, options.split());
    return new Trigger(
        ResourceName.of(name),
        inOwnBroker(filter),
        new Address(service.name(), reaction.path(plan.id())),
        delivery());
  }

  private Delivery delivery() {
    return new Delivery(
        RETRIES,
        BackoffPolicy.LINEAR,
        BACKOFF_DELAY,
        FunctionService.deadLetters(plan.id(), options.split()));
  }

  /** A shared Broker also carries other workflows' events of the same types. */
  private Filter inOwnBroker(Filter filter) {
    return options.sharedBroker() == null
        ? filter
        : new Filter.All(
            List.of(new Filter.Exact(Map.of(Attributes.WORKFLOW, plan.workflow())), filter));
  }

  private String functionName(Reaction reaction) {
    String owner = reaction == Reaction.BEGIN || !besideOthers() ? plan.workflow() : plan.id();
    return owner + "-" + reaction.lowerCaseName();
  }

  /** A carrier of ours has the Triggers of one Plan, and a place in its log for each name. */
  private boolean besideOthers() {
    return switch (options.pubsub()) {
      case Pubsub.Knative() -> true;
      case Pubsub.Carried _ -> false;
    };
  }

  private static Filter exactly(EventFilter on) {
    Map<String, String> attributes = new TreeMap<>(on.attributes());
    attributes.put("type", on.type());
    return new Filter.Exact(attributes);
  }
}
