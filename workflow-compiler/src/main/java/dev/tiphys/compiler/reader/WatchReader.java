package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.ResourceWatch.Change;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads which Kubernetes objects an input listens to. */
final class WatchReader {
  /** The kind of events that are no objects. */
  private static final String EVENT = "Event";

  private static final String SECRET = "Secret";

  private static final Map<String, Change> CHANGES =
      Arrays.stream(Change.values()).collect(Collectors.toMap(Change::word, Function.identity()));

  private static final Pattern API_VERSION =
      Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?v[0-9]+((alpha|beta)[0-9]+)?");
  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?");

  private final Reading reading;

  WatchReader(Reading reading) {
    this.reading = reading;
  }

  /** Whether the metadata are those of objects, and not of CloudEvents. */
  static boolean describesObjects(Yaml metadata) {
    return metadata instanceof Yaml.Mapping mapping
        && mapping.get("kind").orElse(null) instanceof Yaml.Scalar kind
        && !kind.isNull()
        && !kind.text().equals(EVENT);
  }

  /** The watch, where its kind stands. */
  Optional<Located<ResourceWatch>> read(Fields metadata) {
    Optional<Located<String>> apiVersion =
        metadata
            .requiredText("apiVersion")
            .flatMap(v -> valid(v, API_VERSION, "apiVersion", "write it like v1 or apps/v1"));
    Optional<Located<String>> kind =
        metadata
            .requiredText("kind")
            .flatMap(k -> valid(k, KIND, "kind", "write it as the API has it: ConfigMap"))
            .filter(this::allowed);
    Optional<Located<String>> namespace =
        metadata
            .text("namespace")
            .flatMap(n -> valid(n, NAMESPACE, "namespace", "use letters, digits and `-`"));
    SortedMap<String, String> fields = fields(metadata);
    metadata
        .text("name")
        .flatMap(n -> valid(n, NAME, "name", "write the name of one object"))
        .ifPresent(n -> fields.put("metadata.name", n.value()));
    SortedMap<String, String> labels =
        metadata.get("selector").map(this::labels).orElse(new TreeMap<>());
    Set<Change> on = on(metadata);
    return apiVersion.flatMap(
        version ->
            kind.map(
                k ->
                    k.map(
                        it ->
                            new ResourceWatch(
                                version.value(),
                                it,
                                namespace.map(Located::value).orElse(null),
                                labels,
                                fields,
                                on))));
  }

  /** No account of Tiphys's may read them. */
  private boolean allowed(Located<String> kind) {
    if (!kind.value().equals(SECRET)) {
      return true;
    }
    invalid(
        kind,
        "Secrets cannot be watched: no account of Tiphys's may read other Secrets than its own",
        "watch a ConfigMap that whoever writes the Secret writes too");
    return false;
  }

  private Optional<Located<String>> valid(
      Located<String> text, Pattern pattern, String what, String hint) {
    if (pattern.matcher(text.value()).matches()) {
      return Optional.of(text);
    }
    invalid(text, "`" + text + "` is no " + what + " of objects", hint);
    return Optional.empty();
  }

  private SortedMap<String, String> fields(Fields metadata) {
    SortedMap<String, String> fields =
        metadata
            .get("fieldSelector")
            .flatMap(node -> reading.values().texts(node, "`fieldSelector`"))
            .orElse(new TreeMap<>());
    metadata
        .get("fieldSelector")
        .filter(node -> fields.keySet().stream().anyMatch(f -> ObjectField.parse(f).isEmpty()))
        .ifPresent(
            node ->
                invalid(
                    new Located<>("", node.at()),
                    "a field of `fieldSelector` is no path into an object",
                    "write names joined by dots: {status.phase: Running}"));
    return fields;
  }

  /** Labels that are to be equal, as they are or below {@code matchLabels}. */
  private SortedMap<String, String> labels(Yaml selector) {
    if (!(selector instanceof Yaml.Mapping mapping)) {
      return new MetadataReader(reading).labels(selector);
    }
    Optional<Yaml> expressions = mapping.get("matchExpressions");
    if (expressions.isPresent()) {
      reading
          .found()
          .report(
              Code.UNSUPPORTED_FIELD,
              expressions.get().at(),
              "`matchExpressions` is not supported yet",
              "write the labels and their values: {app: shop}");
      return new TreeMap<>();
    }
    return new MetadataReader(reading)
        .labels(mapping.get("matchLabels").filter(Yaml.Mapping.class::isInstance).orElse(mapping));
  }

  private Set<Change> on(Fields metadata) {
    Optional<Yaml> on = metadata.get("on");
    if (on.isEmpty()) {
      return EnumSet.allOf(Change.class);
    }
    List<Yaml> words = on.get() instanceof Yaml.Sequence list ? list.items() : List.of(on.get());
    Set<Change> changes = EnumSet.noneOf(Change.class);
    words.stream()
        .flatMap(word -> reading.values().text(word, "a change of an object").stream())
        .map(word -> new Located<>(word.text(), word.at()))
        .flatMap(word -> reading.values().choice(word, "change", CHANGES, Set.of()).stream())
        .forEach(changes::add);
    if (words.isEmpty()) {
      invalid(
          new Located<>("", on.get().at()),
          "nothing that happens to the objects is an event",
          "name what is: on: [added, updated, deleted]");
    }
    return changes;
  }

  private void invalid(Located<String> at, String message, String hint) {
    reading.found().report(Code.INVALID_WATCH, at.at(), message, hint);
  }
}
