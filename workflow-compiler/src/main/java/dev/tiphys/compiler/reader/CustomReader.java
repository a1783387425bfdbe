package dev.tiphys.compiler.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a sidecar of the user's own is: what its container has, and what it is told. */
final class CustomReader {
  private static final String NAMESPACE = "namespace";

  /** What every event sidecar has. */
  private static final Set<String> COMMON = Set.of("name", "labels", "sink", NAMESPACE);

  private static final Pattern PARAMETER = Pattern.compile("[-a-zA-Z0-9_]{1,63}");
  private static final Pattern OURS = Pattern.compile("TIPHYS_.*|K_SINK");

  private final Reading reading;
  private final Fields fields;
  private final Yaml.Mapping parameters;

  CustomReader(Reading reading, Fields fields, Yaml.Mapping parameters) {
    this.reading = reading;
    this.fields = fields;
    this.parameters = parameters;
  }

  EventSidecar.Custom read(EventSidecar.Common common) {
    return new EventSidecar.Custom(common, parameters(), container());
  }

  /** Of a sidecar whose container Tiphys makes. */
  void refuseContainer(String what) {
    Shape.OF_CUSTOM_SIDECAR.stream()
        .sorted()
        .flatMap(field -> fields.get(field).map(node -> Map.entry(field, node)).stream())
        .forEach(
            entry ->
                reading
                    .found()
                    .report(
                        Code.UNSUPPORTED_FIELD,
                        entry.getValue().at(),
                        "`%s` of %s is not supported yet".formatted(entry.getKey(), what),
                        "remove it: Tiphys makes that container"));
  }

  void refuseNamespace() {
    parameters.entries().stream()
        .map(Yaml.Entry::key)
        .filter(key -> key.text().equals(NAMESPACE))
        .forEach(
            key ->
                reading
                    .found()
                    .report(
                        Code.UNSUPPORTED_FIELD,
                        key.at(),
                        "the parameter `namespace` of a sidecar is not supported yet",
                        "remove it, or give it another name if your program reads it"));
  }

  private SortedMap<String, String> parameters() {
    SortedMap<String, String> values = new TreeMap<>();
    Map<String, String> variables = new HashMap<>();
    for (Yaml.Entry entry : parameters.entries()) {
      String name = entry.key().text();
      if (!COMMON.contains(name)) {
        checkName(entry.key(), variables.putIfAbsent(EventSidecar.Custom.variable(name), name));
        new KubernetesReader(reading)
            .read(entry.value(), KubernetesType.Scalar.TEXT, name)
            .ifPresent(value -> values.put(name, value.asText()));
      }
    }
    return values;
  }

  private void checkName(Yaml.Scalar name, @Nullable String other) {
    if (!PARAMETER.matcher(name.text()).matches()) {
      reading
          .found()
          .report(
              Code.INVALID_NAME,
              name.at(),
              "the parameter `" + name.text() + "` has an invalid name",
              "use letters, digits, `-` and `_`, 63 at most");
    } else if (other != null) {
      reading
          .found()
          .report(
              Code.ENVIRONMENT_CLASH,
              name.at(),
              "the parameters `%s` and `%s` are both in the variable %s"
                  .formatted(other, name.text(), EventSidecar.Custom.variable(name.text())),
              "rename one of the two");
    }
  }

  private SortedMap<String, JsonNode> container() {
    SortedMap<String, JsonNode> container = new TreeMap<>();
    KubernetesReader kubernetes = new KubernetesReader(reading);
    for (String field : Shape.OF_CUSTOM_SIDECAR) {
      fields
          .get(field)
          .flatMap(node -> kubernetes.read(node, KubernetesType.CONTAINER.field(field), field))
          .ifPresent(value -> container.put(field, value));
    }
    variables()
        .filter(name -> OURS.matcher(name.text()).matches())
        .forEach(
            name ->
                reading
                    .found()
                    .report(
                        Code.RESERVED_NAME,
                        name.at(),
                        "the variable `" + name.text() + "` is Tiphys's",
                        "choose another name"));
    return container;
  }

  private Stream<Yaml.Scalar> variables() {
    return fields.get("env").stream()
        .flatMap(node -> node instanceof Yaml.Sequence list ? list.items().stream() : null)
        .flatMap(
            item -> item instanceof Yaml.Mapping variable ? variable.get("name").stream() : null)
        .flatMap(name -> name instanceof Yaml.Scalar scalar ? Stream.of(scalar) : null);
  }
}
