package dev.tiphys.triggers.broker;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.Map;

/** Which events a Trigger takes; the dialects of Knative's subscriptions API. */
public sealed interface Filter {
  boolean matches(CloudEvent event);

  /** Every attribute has exactly its value. */
  record Exact(Map<String, String> attributes) implements Filter {
    public Exact {
      attributes = Map.copyOf(attributes);
    }

    @Override
    public boolean matches(CloudEvent event) {
      return attributes.entrySet().stream()
          .allMatch(e -> e.getValue().equals(Attributes.value(event, e.getKey())));
    }
  }

  /** Every attribute begins with its value. */
  record Prefix(Map<String, String> attributes) implements Filter {
    public Prefix {
      attributes = Map.copyOf(attributes);
    }

    @Override
    public boolean matches(CloudEvent event) {
      return attributes.entrySet().stream()
          .allMatch(
              e -> {
                String value = Attributes.value(event, e.getKey());
                return value != null && value.startsWith(e.getValue());
              });
    }
  }

  /** Every attribute ends with its value. */
  record Suffix(Map<String, String> attributes) implements Filter {
    public Suffix {
      attributes = Map.copyOf(attributes);
    }

    @Override
    public boolean matches(CloudEvent event) {
      return attributes.entrySet().stream()
          .allMatch(
              e -> {
                String value = Attributes.value(event, e.getKey());
                return value != null && value.endsWith(e.getValue());
              });
    }
  }

  /** All of them match; none at all matches every event. */
  record All(List<Filter> filters) implements Filter {
    public All {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean matches(CloudEvent event) {
      return filters.stream().allMatch(f -> f.matches(event));
    }
  }

  /** At least one of them matches. */
  record Any(List<Filter> filters) implements Filter {
    public Any {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean matches(CloudEvent event) {
      return filters.stream().anyMatch(f -> f.matches(event));
    }
  }

  /** The other does not match. */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean matches(CloudEvent event) {
      return !filter.matches(event);
    }
  }
}
