package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Events;
import dev.tiphys.triggers.plan.Proxied.Field;
import dev.tiphys.triggers.plan.Proxied.Function;
import dev.tiphys.triggers.plan.Proxied.Time;
import dev.tiphys.triggers.plan.Proxied.Window;
import dev.tiphys.triggers.plan.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what becomes of the events that other sidecars publish to a networkproxy. */
final class ProxiedEventsReader {
  private static final Shape AGGREGATE =
      Shape.own("`aggregate`", Set.of("function", "field", "key"), Set.of());
  private static final Shape WINDOW = Shape.own("`window`", Set.of("count", "duration"), Set.of());
  private static final Map<String, Function> FUNCTIONS =
      Map.of(
          "count", Function.COUNT,
          "sum", Function.SUM,
          "min", Function.MIN,
          "max", Function.MAX,
          "last", Function.LAST);
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "==", Operator.EQUAL,
          "!=", Operator.NOT_EQUAL,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL);
  private static final Pattern COMPARISON = Pattern.compile("(==|!=|<=|>=|<|>)(\\s*)(.*)");

  /** What a value begins with whose operator is none: {@code =>}, {@code <>}, {@code ===}. */
  private static final Pattern MISWRITTEN = Pattern.compile("[=!<>]");

  private final Reading reading;

  ProxiedEventsReader(Reading reading) {
    this.reading = reading;
  }

  /** The sidecars that publish to it are not known yet. */
  Optional<Events> read(Fields parameters) {
    List<Field> filter =
        parameters.get("filter").stream()
            .flatMap(node -> reading.values().mapping(node, "`filter`").stream())
            .flatMap(mapping -> mapping.entries().stream())
            .flatMap(entry -> field(entry).stream())
            .toList();
    boolean wanted = parameters.get("aggregate").isPresent();
    if (wanted != parameters.get("window").isPresent()) {
      parameters.missing(
          wanted ? "window" : "aggregate",
          wanted
              ? "add `window: {count: 10}` or `window: {duration: 30s}`"
              : "add `aggregate: {function: count}`, or remove `window`");
    }
    Optional<Window> window = parameters.fields("window", WINDOW).flatMap(this::window);
    Optional<Aggregate> aggregate =
        parameters
            .fields("aggregate", AGGREGATE)
            .flatMap(fields -> window.flatMap(w -> aggregate(fields, w)));
    return wanted && aggregate.isEmpty()
        ? Optional.empty()
        : Optional.of(new Events(new TreeSet<>(), filter, aggregate.orElse(null)));
  }

  private Optional<Field> field(Yaml.Entry entry) {
    if (PlainText.refusesReference(entry.key(), "`filter`", reading.found())) {
      return Optional.empty();
    }
    Optional<ObjectField> path =
        reading.objectField(new Located<>(entry.key().text(), entry.key().at()));
    return reading
        .values()
        .plainValue(entry.value(), "`" + entry.key().text() + "`")
        .flatMap(
            scalar ->
                comparison(scalar)
                    .flatMap(it -> path.map(field -> new Field(field, it.operator(), it.value()))));
  }

  private record Comparison(Operator operator, String value) {}

  private Optional<Comparison> comparison(Yaml.Scalar scalar) {
    String text = scalar.text();
    Matcher written = COMPARISON.matcher(text);
    boolean operator = written.matches();
    String value = operator ? written.group(3) : text;
    boolean set = operator && !written.group(2).isEmpty();
    if (!set && MISWRITTEN.matcher(value).lookingAt()) {
      return refused(
          scalar,
          "begins with no operator",
          "use one of == != < <= > >=, or write `== VALUE` for a value that begins so");
    }
    if (!operator) {
      return value.isBlank()
          ? refused(
              scalar,
              "is no value",
              "write `== ` for a field that is empty, or `!= ` for one that is not")
          : Optional.of(new Comparison(Operator.EQUAL, value));
    }
    Operator its = Objects.requireNonNull(OPERATORS.get(written.group(1)));
    return its.orders() && (value.isBlank() || Value.bare(value) instanceof Value.Bool)
        ? refused(scalar, "lets nothing pass", "give a number or a text after " + written.group(1))
        : Optional.of(new Comparison(its, value));
  }

  private Optional<Comparison> refused(Yaml.Scalar scalar, String what, String remedy) {
    ProxyReader.invalid(reading, scalar.at(), "the filter `" + scalar.text() + "` " + what, remedy);
    return Optional.empty();
  }

  private Optional<Aggregate> aggregate(Fields fields, Window window) {
    Optional<Function> function =
        fields
            .requiredText("function")
            .flatMap(word -> reading.values().choice(word, "function", FUNCTIONS, Set.of()));
    Optional<ObjectField> field = fields.text("field").flatMap(reading::objectField);
    Optional<ObjectField> key = fields.text("key").flatMap(reading::objectField);
    if (function.isPresent() && function.get() != Function.COUNT && fields.get("field").isEmpty()) {
      fields.missing("field", "add `field: content`, the field whose values become one");
    }
    return function.map(f -> new Aggregate(f, field.orElse(null), key.orElse(null), window));
  }

  private Optional<Window> window(Fields fields) {
    Optional<Window> count = fields.count("count").map(n -> new Count(n.value()));
    Optional<Window> time = fields.text("duration").flatMap(this::time);
    if (Stream.of("count", "duration").filter(name -> fields.get(name).isPresent()).count() != 1) {
      ProxyReader.invalid(
          reading, fields.at(), "a window ends in one way", "write either `count` or `duration`");
    }
    return count.or(() -> time);
  }

  private Optional<Window> time(Located<String> text) {
    Optional<Duration> length = WindowReader.length(text.value());
    if (length.isEmpty()) {
      ProxyReader.invalid(
          reading, text.at(), "`duration` cannot be `" + text + "`", WindowReader.LENGTHS);
    }
    return length.map(duration -> new Time(Math.toIntExact(duration.toSeconds())));
  }
}
