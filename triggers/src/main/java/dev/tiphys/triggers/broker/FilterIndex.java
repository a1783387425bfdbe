package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds whose Filter an event passes. Only those are asked that the event's type can concern, so
 * the cost of an event does not grow with the number of Filters for other types.
 */
public final class FilterIndex<T> {
  private record Route<T>(Matcher matcher, T target) {}

  private final Map<String, List<Route<T>>> byType = new HashMap<>();
  private final List<Route<T>> forAnyType = new ArrayList<>();

  public FilterIndex(List<T> targets, Function<T, Filter> filter) {
    for (T target : targets) {
      add(
          TypeLimit.of(filter.apply(target)),
          new Route<>(Matcher.of(filter.apply(target)), target));
    }
  }

  private void add(Optional<Set<String>> types, Route<T> route) {
    if (types.isPresent()) {
      types.get().forEach(type -> routes(type).add(route));
    } else {
      byType.values().forEach(routes -> routes.add(route));
      forAnyType.add(route);
    }
  }

  private List<Route<T>> routes(String type) {
    return byType.computeIfAbsent(type, t -> new ArrayList<>(forAnyType));
  }

  /** The targets whose Filter the event passes, in the order in which they were given. */
  public List<T> matching(CloudEvent event) {
    List<T> targets = new ArrayList<>();
    for (Route<T> route : byType.getOrDefault(event.getType(), forAnyType)) {
      if (route.matcher.matches(event)) {
        targets.add(route.target);
      }
    }
    return targets;
  }
}
