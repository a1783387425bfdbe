package dev.tiphys.compiler.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tiphys.compiler.model.EnvironmentVariable;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.PodFields;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what the workflow and one of its templates say about pods, as Argo does. */
final class PodFieldsOf {
  private static final String VOLUMES = "volumes";
  private static final String HOST_ALIASES = "hostAliases";

  private PodFieldsOf() {}

  static PodFields task(Workflow workflow, Template.Task task) {
    return new PodFields(
        container(task),
        spec(workflow, task),
        both(workflow.pod().labels(), task.pod().labels()),
        both(workflow.pod().annotations(), task.pod().annotations()));
  }

  private static SortedMap<String, JsonNode> container(Template.Task task) {
    SortedMap<String, JsonNode> container = new TreeMap<>(task.pod().container());
    ArrayNode env = JsonNodeFactory.instance.arrayNode();
    for (EnvironmentVariable variable : task.work().env()) {
      if (variable.valueFrom() != null) {
        env.addObject().put("name", variable.name().value()).set("valueFrom", variable.valueFrom());
      }
    }
    if (!env.isEmpty()) {
      container.put("env", env);
    }
    return container;
  }

  private static SortedMap<String, JsonNode> spec(Workflow workflow, Template.Task task) {
    SortedMap<String, JsonNode> ofAll = workflow.pod().spec();
    SortedMap<String, JsonNode> own = task.pod().spec();
    SortedMap<String, JsonNode> spec = both(ofAll, own);
    join(spec, VOLUMES, ofAll.get(VOLUMES), usedBy(task), own.get(VOLUMES));
    join(spec, HOST_ALIASES, ofAll.get(HOST_ALIASES), alias -> true, own.get(HOST_ALIASES));
    return spec;
  }

  /**
   * A pod has those of the workflow's volumes that it mounts: others could keep it from starting.
   */
  private static Predicate<JsonNode> usedBy(Template.Task task) {
    Set<String> mounted =
        task.pod().mounts().stream().map(Located::value).collect(Collectors.toSet());
    Set<String> own = task.pod().volumes().stream().map(Located::value).collect(Collectors.toSet());
    return volume -> {
      String name = volume.path("name").asText();
      return mounted.contains(name) && !own.contains(name);
    };
  }

  private static void join(
      SortedMap<String, JsonNode> spec,
      String field,
      @Nullable JsonNode ofAll,
      Predicate<JsonNode> taken,
      @Nullable JsonNode own) {
    ArrayNode joined = JsonNodeFactory.instance.arrayNode();
    Stream.ofNullable(ofAll).flatMap(JsonNode::valueStream).filter(taken).forEach(joined::add);
    Stream.ofNullable(own).flatMap(JsonNode::valueStream).forEach(joined::add);
    spec.remove(field);
    if (!joined.isEmpty()) {
      spec.put(field, joined);
    }
  }

  /** The template's win. */
  private static <T> SortedMap<String, T> both(
      SortedMap<String, T> ofAll, SortedMap<String, T> own) {
    SortedMap<String, T> both = new TreeMap<>(ofAll);
    both.putAll(own);
    return both;
  }
}
