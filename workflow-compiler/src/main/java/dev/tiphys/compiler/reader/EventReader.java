package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.UpdateStrategy;
import dev.tiphys.triggers.plan.Window;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the event that fills an input. */
final class EventReader {
  private static final Map<String, EventPolicy> POLICIES =
      Map.of(
          "create", EventPolicy.CREATE,
          "delete", EventPolicy.DELETE,
          "update", EventPolicy.UPDATE);

  private static final Map<String, UpdateStrategy> STRATEGIES =
      Map.of("inPlace", UpdateStrategy.IN_PLACE, "restart", UpdateStrategy.RESTART);

  /** The proposal spells it {@code argo-events.v1alpha1} and {@code argoproj.io/v1beta1}. */
  private static final Pattern API_VERSION =
      Pattern.compile("(argo-events[./]|argoproj\\.io/|tiphys\\.dev/)v[0-9]+((alpha|beta)[0-9]+)?");

  private final Reading reading;

  EventReader(Reading reading) {
    this.reading = reading;
  }

  /** Reads an input's {@code valueFrom}. */
  Input.Origin read(Fields input) {
    return input
        .fields("valueFrom", Shape.VALUE_FROM)
        .flatMap(
            valueFrom ->
                eventParameter(valueFrom).flatMap(event -> event(event, initial(valueFrom))))
        .orElse(new Input.Broken());
  }

  /** Whether a {@code valueFrom} can have a {@code default}, as far as can be told. */
  static boolean mayHaveDefault(Yaml valueFrom) {
    return Stream.of("eventParameter", "event")
        .flatMap(field -> member(valueFrom, field).stream())
        .flatMap(event -> member(event, "eventPolicy").stream())
        .allMatch(policy -> policy instanceof Yaml.Scalar s && s.text().equals("update"));
  }

  private static Optional<Yaml> member(Yaml node, String field) {
    return node instanceof Yaml.Mapping mapping ? mapping.get(field) : Optional.empty();
  }

  private static Optional<Yaml.Scalar> initial(Fields valueFrom) {
    return valueFrom.parameterValue("default");
  }

  private Optional<Fields> eventParameter(Fields valueFrom) {
    Optional<Yaml> event = valueFrom.get("event");
    if (valueFrom.get("eventParameter").isPresent()) {
      event.ifPresent(node -> conflict(node, "eventParameter", "event"));
      return valueFrom.fields("eventParameter", Shape.EVENT_PARAMETER);
    }
    if (event.isPresent() && event.get() instanceof Yaml.Scalar) {
      reading
          .found()
          .report(
              Code.UNSUPPORTED_FIELD,
              event.get().at(),
              "Argo's `valueFrom.event`, an expression, is not supported yet",
              "describe the event in a mapping: {metadata: {name: ...}, eventPolicy: create}");
      return Optional.empty();
    }
    if (event.isEmpty() && !valueFrom.hasRefused()) {
      valueFrom.missing("eventParameter", "add `eventParameter` with `metadata`, `eventPolicy`");
    }
    return valueFrom.fields("event", Shape.EVENT_PARAMETER);
  }

  private Optional<Input.Origin> event(Fields fields, Optional<Yaml.Scalar> initial) {
    String field = fields.get("metadata").isPresent() ? "metadata" : "eventMetadata";
    if (field.equals("metadata")) {
      fields.get("eventMetadata").ifPresent(node -> conflict(node, "metadata", "eventMetadata"));
    }
    if (fields.get(field).isEmpty()) {
      fields.missing("metadata", "add `metadata: {name: ...}`, the type of the events");
    }
    Optional<ObjectField> objectField = fields.text("objectField").flatMap(reading::objectField);
    Optional<Located<ObjectField>> correlation = correlation(fields);
    Optional<Located<Window>> window = new WindowReader(reading).read(fields);
    Optional<EventPolicy> policy = policy(fields);
    Optional<Located<UpdateStrategy>> strategy =
        fields.text("updateStrategy").flatMap(this::strategy);
    Input.Updates updates =
        policy.filter(EventPolicy.UPDATE::equals).isPresent()
            ? new Input.Updates(
                initial.map(reading.texts()::read).orElse(null), strategy.orElse(null))
            : null;
    if (policy.isPresent() && updates == null) {
      initial.ifPresent(node -> notUpdated(node.at(), "default"));
      fields.get("updateStrategy").ifPresent(node -> notUpdated(node.at(), "updateStrategy"));
    }
    return subject(fields, field)
        .flatMap(
            s ->
                policy.map(
                    p ->
                        new Input.Event(
                            s.type(),
                            s.selector(),
                            objectField.orElse(null),
                            p,
                            s.watch(),
                            correlation.orElse(null),
                            window.orElse(null),
                            fields.at(),
                            updates)));
  }

  /** What to listen for. */
  private record Subject(
      Located<String> type, SortedMap<String, String> selector, @Nullable ResourceWatch watch) {}

  private Optional<Subject> subject(Fields fields, String field) {
    Optional<Yaml> node = fields.get(field);
    if (node.filter(WatchReader::describesObjects).isPresent()) {
      return fields
          .fields(field, Shape.WATCH_METADATA)
          .flatMap(new WatchReader(reading)::read)
          .map(w -> new Subject(w.map(ResourceWatch::eventType), new TreeMap<>(), w.value()));
    }
    Optional<Fields> metadata = fields.fields(field, Shape.EVENT_METADATA);
    Optional<Located<String>> type = metadata.flatMap(this::type);
    SortedMap<String, String> selector = metadata.map(this::selector).orElse(new TreeMap<>());
    return type.map(t -> new Subject(t, selector, null));
  }

  private Optional<Located<ObjectField>> correlation(Fields fields) {
    return fields
        .text("correlation")
        .flatMap(path -> reading.objectField(path).map(field -> new Located<>(field, path.at())));
  }

  private Optional<Located<UpdateStrategy>> strategy(Located<String> word) {
    return reading
        .values()
        .choice(word, "updateStrategy", STRATEGIES, Set.of())
        .map(strategy -> word.map(w -> strategy));
  }

  private void notUpdated(SourceSpan at, String field) {
    reading
        .found()
        .report(
            Code.NOT_UPDATED,
            at,
            "`" + field + "` has no meaning without `eventPolicy: update`",
            "remove it, or write `eventPolicy: update`");
  }

  private void conflict(Yaml node, String first, String second) {
    reading
        .found()
        .report(
            Code.CONFLICTING_FIELDS,
            node.at(),
            "`" + first + "` and `" + second + "` are two spellings of one field",
            "keep `" + first + "`");
  }

  private Optional<Located<String>> type(Fields metadata) {
    metadata.text("kind");
    metadata
        .text("apiVersion")
        .filter(version -> !API_VERSION.matcher(version.value()).matches())
        .ifPresent(this::unsupported);
    return metadata.requiredText("name").map(new AttributesReader(reading)::type);
  }

  /** Of another API an Event is another thing: Kubernetes' own are {@code v1}. */
  private void unsupported(Located<String> apiVersion) {
    reading
        .found()
        .report(
            Code.UNSUPPORTED_VALUE,
            apiVersion.at(),
            "watching events of apiVersion `" + apiVersion + "` is not supported yet",
            "leave `apiVersion` out, or write `apiVersion: argo-events.v1alpha1`");
  }

  private Optional<EventPolicy> policy(Fields fields) {
    if (fields.get("eventPolicy").isEmpty()) {
      fields.missing(
          "eventPolicy",
          "add `eventPolicy: create` (each event starts a task), `update` (gives it a value) or"
              + " `delete` (stops it)");
      return Optional.empty();
    }
    return fields
        .text("eventPolicy")
        .flatMap(word -> reading.values().choice(word, "eventPolicy", POLICIES, Set.of()));
  }

  private SortedMap<String, String> selector(Fields metadata) {
    Optional<Yaml> selector = metadata.get("selector");
    Optional<Yaml> attributes =
        selector
            .flatMap(
                node -> node instanceof Yaml.Mapping m ? m.get("matchLabels") : Optional.empty())
            .filter(Yaml.Mapping.class::isInstance)
            .or(() -> selector);
    return attributes
        .map(node -> new AttributesReader(reading).selector(node))
        .orElse(new TreeMap<>());
  }
}
