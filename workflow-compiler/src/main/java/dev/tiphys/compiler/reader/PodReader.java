package dev.tiphys.compiler.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Pod;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.PodFields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what passes through to the pods of a task, or of all tasks. */
final class PodReader {
  private static final String VOLUMES = "volumes";
  private static final String INIT_CONTAINERS = "initContainers";
  private static final String PENDING_TIMEOUT = "pendingTimeout";

  /** Where Argo's name of a field is not the pod's. */
  private static final Map<String, String> RENAMED =
      Map.of("podPriorityClassName", "priorityClassName");

  private final Reading reading;
  private final KubernetesReader kubernetes;

  PodReader(Reading reading) {
    this.reading = reading;
    this.kubernetes = new KubernetesReader(reading);
  }

  /** What the workflow says for all its templates. */
  Pod ofWorkflow(Fields spec) {
    return pod(spec, Shape.POD_OF_WORKFLOW, "podMetadata", Optional.empty());
  }

  /** What a container or script template says. */
  Pod ofTask(Fields template) {
    Optional<Fields> container =
        Stream.of("container", "script")
            .flatMap(field -> template.get(field).stream())
            .flatMap(node -> node instanceof Yaml.Mapping mapping ? Stream.of(mapping) : null)
            .findFirst()
            .map(mapping -> reading.unchecked(mapping));
    return pod(template, Shape.POD_OF_TEMPLATE, "metadata", container);
  }

  private Pod pod(
      Fields owner, Set<String> specFields, String metadataField, Optional<Fields> container) {
    Optional<Fields> metadata = owner.fields(metadataField, Shape.POD_METADATA);
    MetadataReader texts = new MetadataReader(reading);
    MountPaths paths = new MountPaths(reading);
    List<Fields> containers =
        Stream.of(
                container.stream(),
                items(owner, INIT_CONTAINERS, specFields),
                // a workflow has none
                container.isPresent() ? mappings(owner.get("sidecars")) : Stream.<Fields>empty())
            .flatMap(fields -> fields)
            .toList();
    containers.forEach(fields -> paths.check(mappings(fields.get("volumeMounts")).toList()));
    return new Pod(
        container
            .map(fields -> passed(fields, Shape.PASSED_OF_CONTAINER, KubernetesType.CONTAINER))
            .orElse(new TreeMap<>()),
        passed(owner, specFields, KubernetesType.POD),
        metadata.flatMap(m -> m.get("labels")).map(texts::labels).orElse(new TreeMap<>()),
        annotations(owner, metadata.flatMap(m -> m.get("annotations")).map(texts::annotations)),
        items(owner, VOLUMES, specFields).flatMap(PodReader::name).toList(),
        containers.stream().flatMap(this::mounts).toList(),
        items(owner, INIT_CONTAINERS, specFields).flatMap(PodReader::name).toList());
  }

  /** How long a pod has to start is written on it, as whoever watches it has to know. */
  private SortedMap<String, String> annotations(
      Fields owner, Optional<SortedMap<String, String>> users) {
    SortedMap<String, String> all = new TreeMap<>(users.orElse(new TreeMap<>()));
    owner
        .text(PENDING_TIMEOUT)
        .flatMap(this::seconds)
        .ifPresent(seconds -> all.put(PodFields.PENDING_TIMEOUT, String.valueOf(seconds)));
    return all;
  }

  private Optional<Long> seconds(Located<String> text) {
    Optional<Long> seconds = WindowReader.length(text.value()).map(Duration::toSeconds);
    if (seconds.isEmpty()) {
      reading
          .found()
          .report(
              Code.INVALID_NUMBER,
              text.at(),
              "`" + PENDING_TIMEOUT + "` cannot be " + text,
              WindowReader.LENGTHS);
    }
    return seconds;
  }

  private SortedMap<String, JsonNode> passed(
      Fields owner, Set<String> fields, KubernetesType.Structure structure) {
    SortedMap<String, JsonNode> passed = new TreeMap<>();
    for (String field : fields) {
      String name = RENAMED.getOrDefault(field, field);
      owner
          .get(field)
          .flatMap(node -> kubernetes.read(node, structure.field(name), field))
          .ifPresent(value -> passed.put(name, value));
    }
    return passed;
  }

  private Stream<Located<String>> mounts(Fields container) {
    return Stream.of("volumeMounts", "volumeDevices")
        .flatMap(field -> mappings(container.get(field)))
        .flatMap(PodReader::name);
  }

  /** Those of a list that make sense so far; the rest has been reported. */
  private Stream<Fields> items(Fields owner, String field, Set<String> specFields) {
    return specFields.contains(field) ? mappings(owner.get(field)) : Stream.empty();
  }

  private Stream<Fields> mappings(Optional<Yaml> list) {
    return list.stream()
        .flatMap(node -> node instanceof Yaml.Sequence s ? s.items().stream() : null)
        .flatMap(item -> item instanceof Yaml.Mapping m ? Stream.of(reading.unchecked(m)) : null);
  }

  private static Stream<Located<String>> name(Fields item) {
    return item.get("name").stream()
        .flatMap(node -> node instanceof Yaml.Scalar s ? Stream.of(s) : null)
        .map(scalar -> new Located<>(scalar.text(), scalar.at()));
  }
}
