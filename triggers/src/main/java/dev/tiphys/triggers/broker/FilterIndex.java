package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Finds whose Filter an event passes. Only those are asked that the event's type can concern, and
 * only what the type has not answered, so the cost of an event does not grow with the number of
 * types that are waited for.
 */
public final class FilterIndex<T> {
  /** What is left to ask of an event whose type is known. */
  private record Route<T>(Filter filter, T target) {}

  private final Map<String, List<Route<T>>> byType = new HashMap<>();
  private final List<Route<T>> forOtherTypes = new ArrayList<>();

  public FilterIndex(List<T> targets, Function<T, Filter> filter) {
    targets.forEach(target -> add(FilterByType.of(filter.apply(target)), target));
    // one list for all types that are asked the same: it stays in the processor's cache
    Map<List<Route<T>>, List<Route<T>>> same = new HashMap<>();
    byType.replaceAll((type, routes) -> same.computeIfAbsent(routes, UnaryOperator.identity()));
  }

  private void add(FilterByType filter, T target) {
    filter.types().keySet().forEach(this::know);
    boolean forOthers = add(filter.others(), target, forOtherTypes);
    (forOthers ? byType : filter.types())
        .keySet()
        .forEach(type -> add(filter.of(type), target, know(type)));
  }

  private boolean add(Filter filter, T target, List<Route<T>> routes) {
    return !filter.equals(FilterByType.NEVER) && routes.add(new Route<>(filter, target));
  }

  private List<Route<T>> know(String type) {
    return byType.computeIfAbsent(type, t -> new ArrayList<>(forOtherTypes));
  }

  /** The targets whose Filter the event passes, in the order in which they were given. */
  public List<T> matching(CloudEvent event) {
    List<T> targets = new ArrayList<>();
    for (Route<T> route : byType.getOrDefault(event.getType(), forOtherTypes)) {
      if (route.filter.matches(event)) {
        targets.add(route.target);
      }
    }
    return targets;
  }
}
