package dev.tiphys.triggers.plan;

import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.event.EventTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which events each function has to see: at most one Trigger per function, however many rules the
 * Plan has, since a Knative broker evaluates every Trigger for every event.
 */
public final class Routes {
  /** The path of the dead-letter sink, beside the functions'; Triggers name their plan below it. */
  public static final String DEAD_LETTER_PATH = "/dead-letter";

  private static final String TYPE = "type";

  private Routes() {}

  /** The path that a plan's dead letters go to: {@code /dead-letter/coinflip-0123456789}. */
  public static String deadLetterPath(String planId) {
    return DEAD_LETTER_PATH + "/" + planId;
  }

  /** The filter of each function that the Plan needs. */
  public static SortedMap<Reaction, Filter> of(Plan plan) {
    SortedMap<Reaction, Filter> routes = new TreeMap<>();
    List<Filter> begin = new ArrayList<>(List.of(exactType(EventTypes.RUN_BEGIN)));
    begin.addAll(typesOf(plan, Rule.Begin.class));
    routes.put(Reaction.BEGIN, new Filter.Any(begin));
    List<Filter> start = typesOf(plan, Rule.Start.class);
    if (!start.isEmpty()) {
      routes.put(Reaction.START, new Filter.Any(start));
    }
    List<Filter> stop = typesOf(plan, Rule.Stop.class);
    if (!stop.isEmpty()) {
      routes.put(Reaction.STOP, new Filter.Any(stop));
    }
    List<Filter> update = typesOf(plan, Rule.Update.class);
    if (!update.isEmpty()) {
      routes.put(Reaction.UPDATE, new Filter.Any(update));
    }
    routes.put(
        Reaction.ADVANCE,
        new Filter.Any(
            List.of(
                exactType(EventTypes.RUN_CHANGED),
                new Filter.Prefix(Map.of(TYPE, EventTypes.TASK_PREFIX)))));
    return Collections.unmodifiableSortedMap(routes);
  }

  private static List<Filter> typesOf(Plan plan, Class<? extends Rule> kind) {
    return plan.rules().stream()
        .filter(kind::isInstance)
        .map(rule -> rule.on().type())
        .distinct()
        .sorted()
        .map(Routes::exactType)
        .toList();
  }

  private static Filter exactType(String type) {
    return new Filter.Exact(Map.of(TYPE, type));
  }
}
