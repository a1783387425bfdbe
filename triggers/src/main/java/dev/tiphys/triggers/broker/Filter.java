package dev.tiphys.triggers.broker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which events a Trigger takes; the dialects of Knative's subscriptions API. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "dialect")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Filter.Exact.class, name = "exact"),
  @JsonSubTypes.Type(value = Filter.Prefix.class, name = "prefix"),
  @JsonSubTypes.Type(value = Filter.Suffix.class, name = "suffix"),
  @JsonSubTypes.Type(value = Filter.All.class, name = "all"),
  @JsonSubTypes.Type(value = Filter.Any.class, name = "any"),
  @JsonSubTypes.Type(value = Filter.Not.class, name = "not"),
  @JsonSubTypes.Type(value = Filter.CeSql.class, name = "cesql")
})
public sealed interface Filter {
  boolean matches(CloudEvent event);

  /** Every attribute has exactly its value. */
  record Exact(Map<String, String> attributes) implements Filter {
    public Exact {
      attributes = Map.copyOf(attributes);
    }

    @Override
    public boolean matches(CloudEvent event) {
      for (Map.Entry<String, String> wanted : attributes.entrySet()) {
        if (!wanted.getValue().equals(Attributes.value(event, wanted.getKey()))) {
          return false;
        }
      }
      return true;
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

  /**
   * A CloudEvents SQL expression is true of the event's attributes. Where it cannot be evaluated
   * (an attribute that it reads is missing, a cast fails) or is no truth value, it does not match.
   */
  final class CeSql implements Filter {
    private final String expression;
    private final Expression parsed;

    /**
     * @throws IllegalArgumentException if it is not an expression; the message says where and why
     */
    @JsonCreator
    public CeSql(@JsonProperty("expression") String expression) {
      this.expression = expression;
      try {
        this.parsed = Parser.parseDefault(expression);
      } catch (RuntimeException e) {
        // not only a ParseException: what ends too early is an IllegalArgumentException or worse
        throw new IllegalArgumentException(
            "not a CESQL expression: \"" + expression + "\": " + e.getMessage(), e);
      }
    }

    /** The expression as it was written. */
    @JsonProperty
    public String expression() {
      return expression;
    }

    @Override
    public boolean matches(CloudEvent event) {
      Result result = parsed.evaluate(event);
      return !result.isFailed() && Boolean.TRUE.equals(result.value());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof CeSql sql && sql.expression.equals(expression);
    }

    @Override
    public int hashCode() {
      return expression.hashCode();
    }

    @Override
    public String toString() {
      return "CeSql[expression=" + expression + "]";
    }
  }
}
