package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.http.HeaderValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Filter is for Knative's Brokers. They compare attributes as they stand in headers, where
 * characters beyond ASCII are percent-encoded (seen in 1.22); of an event in structured mode, as
 * they are. A Trigger has to take both.
 */
final class HeaderFilters {
  private HeaderFilters() {}

  static Filter of(Filter filter) {
    return switch (filter) {
      case Filter.Exact(Map<String, String> attributes) ->
          either(filter, new Filter.Exact(encoded(attributes)));
      case Filter.Prefix(Map<String, String> attributes) ->
          either(filter, new Filter.Prefix(encoded(attributes)));
      case Filter.Suffix(Map<String, String> attributes) ->
          either(filter, new Filter.Suffix(encoded(attributes)));
      case Filter.All(List<Filter> filters) -> new Filter.All(each(filters));
      case Filter.Any(List<Filter> filters) -> new Filter.Any(each(filters));
      case Filter.Not(Filter negated) -> new Filter.Not(of(negated));
      // an expression is what its author wrote
      case Filter.CeSql expression -> expression;
    };
  }

  private static Filter either(Filter plain, Filter encoded) {
    return plain.equals(encoded) ? plain : new Filter.Any(List.of(plain, encoded));
  }

  private static Map<String, String> encoded(Map<String, String> attributes) {
    Map<String, String> encoded = new TreeMap<>(attributes);
    encoded.replaceAll((name, value) -> HeaderValue.encode(value));
    return encoded;
  }

  private static List<Filter> each(List<Filter> filters) {
    return filters.stream().map(HeaderFilters::of).toList();
  }
}
