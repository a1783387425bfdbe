package dev.tiphys.triggers.broker;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells from a Filter which event types it can match at all, so that others need not ask it. */
final class TypeLimit {
  private static final String TYPE = "type";

  private TypeLimit() {}

  /** Every type that the filter can match; empty where that cannot be told. */
  static Optional<Set<String>> of(Filter filter) {
    return switch (filter) {
      case Filter.Exact(Map<String, String> attributes) ->
          Optional.ofNullable(attributes.get(TYPE)).map(Set::of);
      case Filter.Any(List<Filter> filters) -> union(filters);
      case Filter.All(List<Filter> filters) -> intersection(filters);
      case Filter.Prefix _, Filter.Suffix _, Filter.Not _, Filter.CeSql _ -> Optional.empty();
    };
  }

  private static Optional<Set<String>> union(List<Filter> filters) {
    Set<String> types = new HashSet<>();
    for (Filter filter : filters) {
      Optional<Set<String>> limit = of(filter);
      if (limit.isEmpty()) {
        return Optional.empty();
      }
      types.addAll(limit.get());
    }
    return Optional.of(types);
  }

  private static Optional<Set<String>> intersection(List<Filter> filters) {
    return filters.stream()
        .flatMap(filter -> of(filter).stream())
        .reduce(
            (left, right) -> {
              Set<String> both = new HashSet<>(left);
              both.retainAll(right);
              return both;
            });
  }
}
