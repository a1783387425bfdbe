package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.ResourceWatch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the event that fills an input. */
final class EventReader {
  private static final Map<String, EventPolicy> POLICIES =
      Map.of("create", EventPolicy.CREATE, "delete", EventPolicy.DELETE);

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
        .flatMap(this::eventParameter)
        .flatMap(this::event)
        .orElse(new Input.Broken());
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

  private Optional<Input.Origin> event(Fields fields) {
    String field = fields.get("metadata").isPresent() ? "metadata" : "eventMetadata";
    if (field.equals("metadata")) {
      fields.get("eventMetadata").ifPresent(node -> conflict(node, "metadata", "eventMetadata"));
    }
    if (fields.get(field).isEmpty()) {
      fields.missing("metadata", "add `metadata: {name: ...}`, the type of the events");
    }
    Optional<ObjectField> objectField = fields.text("objectField").flatMap(this::objectField);
    Optional<EventPolicy> policy = policy(fields);
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
                            fields.at())));
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
    return metadata.requiredText("name");
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

  private Optional<ObjectField> objectField(Located<String> path) {
    Optional<ObjectField> field = ObjectField.parse(path.value());
    if (field.isEmpty()) {
      reading
          .found()
          .report(
              Code.INVALID_OBJECT_FIELD,
              path.at(),
              "`" + path + "` is not a path into an event's data",
              "write names joined by dots, and [n] for the n-th item: items[0].name");
    }
    return field;
  }

  private Optional<EventPolicy> policy(Fields fields) {
    if (fields.get("eventPolicy").isEmpty()) {
      fields.missing(
          "eventPolicy",
          "add `eventPolicy: create` (each event starts a task) or `delete` (stops it)");
      return Optional.empty();
    }
    return fields
        .text("eventPolicy")
        .flatMap(word -> reading.values().choice(word, "eventPolicy", POLICIES, Set.of("update")));
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
