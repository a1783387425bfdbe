package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Filter;
import io.fabric8.knative.eventing.v1.SubscriptionsAPIFilter;
import io.fabric8.knative.eventing.v1.SubscriptionsAPIFilterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Trigger's filters, from ours to Knative's and back: what one way gives, the other takes. */
public final class Filters {
  private Filters() {}

  /** The list that a Trigger carries; an event has to pass each. */
  public static List<SubscriptionsAPIFilter> toKnative(Filter filter) {
    return filter instanceof Filter.All(List<Filter> none) && none.isEmpty()
        ? List.of()
        : List.of(one(filter));
  }

  /** What the list of a Trigger means. */
  static Filter fromKnative(List<SubscriptionsAPIFilter> filters) {
    return filters.size() == 1 ? one(filters.getFirst()) : new Filter.All(each(filters));
  }

  private static SubscriptionsAPIFilter one(Filter filter) {
    SubscriptionsAPIFilterBuilder knative = new SubscriptionsAPIFilterBuilder();
    return switch (filter) {
      case Filter.Exact exact -> knative.withExact(sorted(exact.attributes())).build();
      case Filter.Prefix prefix -> knative.withPrefix(sorted(prefix.attributes())).build();
      case Filter.Suffix suffix -> knative.withSuffix(sorted(suffix.attributes())).build();
      case Filter.All all -> knative.withAll(several(all.filters())).build();
      case Filter.Any any -> knative.withAny(several(any.filters())).build();
      case Filter.Not not -> knative.withNot(one(not.filter())).build();
      case Filter.CeSql sql -> knative.withCesql(sql.expression()).build();
    };
  }

  private static Map<String, String> sorted(Map<String, String> attributes) {
    if (attributes.isEmpty()) {
      throw new IllegalArgumentException("Knative has no filter without attributes");
    }
    return new TreeMap<>(attributes);
  }

  private static List<SubscriptionsAPIFilter> several(List<Filter> filters) {
    if (filters.isEmpty()) {
      throw new IllegalArgumentException("Knative has no nested filter of no filters");
    }
    return filters.stream().map(Filters::one).toList();
  }

  private static Filter one(SubscriptionsAPIFilter knative) {
    List<Filter> dialects = new ArrayList<>();
    if (!knative.getExact().isEmpty()) {
      dialects.add(new Filter.Exact(knative.getExact()));
    }
    if (!knative.getPrefix().isEmpty()) {
      dialects.add(new Filter.Prefix(knative.getPrefix()));
    }
    if (!knative.getSuffix().isEmpty()) {
      dialects.add(new Filter.Suffix(knative.getSuffix()));
    }
    if (!knative.getAll().isEmpty()) {
      dialects.add(new Filter.All(each(knative.getAll())));
    }
    if (!knative.getAny().isEmpty()) {
      dialects.add(new Filter.Any(each(knative.getAny())));
    }
    if (knative.getNot() != null) {
      dialects.add(new Filter.Not(one(knative.getNot())));
    }
    if (knative.getCesql() != null) {
      dialects.add(new Filter.CeSql(knative.getCesql()));
    }
    if (dialects.size() != 1) {
      throw new IllegalArgumentException("a filter needs exactly one dialect: " + knative);
    }
    return dialects.getFirst();
  }

  private static List<Filter> each(List<SubscriptionsAPIFilter> filters) {
    return filters.stream().map(Filters::one).toList();
  }
}
