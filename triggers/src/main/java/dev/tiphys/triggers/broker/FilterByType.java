package dev.tiphys.triggers.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A Filter taken apart by the event's type, so that a thousand types cost one look-up.
 *
 * @param types what is left to ask of an event of each of these types
 * @param others what to ask of events of all other types
 */
record FilterByType(Map<String, Filter> types, Filter others) {
  static final Filter ALWAYS = new Filter.All(List.of());
  static final Filter NEVER = new Filter.Any(List.of());

  private static final String TYPE = "type";
  private static final Junction ALL = new Junction(ALWAYS, NEVER, Filter.All::new);
  private static final Junction ANY = new Junction(NEVER, ALWAYS, Filter.Any::new);

  static FilterByType of(Filter filter) {
    return switch (filter) {
      case Filter.Exact exact -> exact(exact);
      case Filter.All(List<Filter> filters) -> ALL.of(filters);
      case Filter.Any(List<Filter> filters) -> ANY.of(filters);
      case Filter.Not(Filter negated) -> not(of(negated));
      case Filter.Prefix _, Filter.Suffix _, Filter.CeSql _ -> new FilterByType(Map.of(), filter);
    };
  }

  Filter of(String type) {
    return types.getOrDefault(type, others);
  }

  private static FilterByType exact(Filter.Exact exact) {
    Map<String, String> left = new HashMap<>(exact.attributes());
    String type = left.remove(TYPE);
    Filter rest = left.isEmpty() ? ALWAYS : new Filter.Exact(left);
    return type == null
        ? new FilterByType(Map.of(), rest)
        : new FilterByType(Map.of(type, rest), NEVER);
  }

  private static FilterByType not(FilterByType negated) {
    Map<String, Filter> types = new HashMap<>(negated.types);
    types.replaceAll((type, filter) -> not(filter));
    return new FilterByType(types, not(negated.others));
  }

  private static Filter not(Filter filter) {
    if (filter.equals(ALWAYS)) {
      return NEVER;
    }
    return filter.equals(NEVER) ? ALWAYS : new Filter.Not(filter);
  }

  /**
   * All or any.
   *
   * @param neutral changes nothing about what the others say
   * @param absorbing decides whatever the others say
   */
  private record Junction(Filter neutral, Filter absorbing, Function<List<Filter>, Filter> joined) {
    FilterByType of(List<Filter> filters) {
      List<FilterByType> parts = filters.stream().map(FilterByType::of).toList();
      Map<String, List<Filter>> types = new HashMap<>();
      parts.forEach(p -> p.types.keySet().forEach(type -> types.put(type, new ArrayList<>())));
      List<Filter> others = new ArrayList<>();
      for (FilterByType part : parts) {
        others.add(part.others);
        // neutral for all other types, it adds to its own alone: linear, not quadratic
        (part.others.equals(neutral) ? part.types : types)
            .keySet()
            .forEach(type -> types.computeIfPresent(type, (t, list) -> with(list, part.of(t))));
      }
      Map<String, Filter> joined = new HashMap<>();
      types.forEach((type, list) -> joined.put(type, join(list)));
      return new FilterByType(joined, join(others));
    }

    private static List<Filter> with(List<Filter> list, Filter filter) {
      list.add(filter);
      return list;
    }

    private Filter join(List<Filter> filters) {
      if (filters.contains(absorbing)) {
        return absorbing;
      }
      List<Filter> telling = filters.stream().filter(f -> !f.equals(neutral)).distinct().toList();
      return telling.size() == 1 ? telling.getFirst() : joined.apply(telling);
    }
  }
}
