package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An {@code any} that finds by hash what it can: {@code exact} filters by the values of the
 * attributes that they name, others by the types that they are limited to.
 */
final class AnyMatcher implements Matcher {
  private final Map<List<String>, Set<List<String>>> exact = new LinkedHashMap<>();
  private final Map<String, List<Matcher>> byType = new HashMap<>();
  private final List<Matcher> others = new ArrayList<>();

  private AnyMatcher() {}

  static AnyMatcher of(Filter.Any any) {
    AnyMatcher matcher = new AnyMatcher();
    any.filters().forEach(matcher::add);
    return matcher;
  }

  private void add(Filter filter) {
    if (filter instanceof Filter.Any(List<Filter> nested)) {
      nested.forEach(this::add);
    } else if (filter instanceof Filter.Exact(Map<String, String> attributes)) {
      TreeMap<String, String> sorted = new TreeMap<>(attributes);
      exact
          .computeIfAbsent(List.copyOf(sorted.keySet()), names -> new HashSet<>())
          .add(List.copyOf(sorted.values()));
    } else {
      Matcher matcher = Matcher.of(filter);
      TypeLimit.of(filter)
          .ifPresentOrElse(types -> types.forEach(t -> add(t, matcher)), () -> others.add(matcher));
    }
  }

  private void add(String type, Matcher matcher) {
    byType.computeIfAbsent(type, t -> new ArrayList<>()).add(matcher);
  }

  @Override
  public boolean matches(CloudEvent event) {
    return matchesExactly(event)
        || anyOf(byType.getOrDefault(event.getType(), List.of()), event)
        || anyOf(others, event);
  }

  private boolean matchesExactly(CloudEvent event) {
    for (Map.Entry<List<String>, Set<List<String>>> group : exact.entrySet()) {
      List<String> values = Matcher.values(event, group.getKey());
      if (values != null && group.getValue().contains(values)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyOf(List<Matcher> matchers, CloudEvent event) {
    for (Matcher matcher : matchers) {
      if (matcher.matches(event)) {
        return true;
      }
    }
    return false;
  }
}
