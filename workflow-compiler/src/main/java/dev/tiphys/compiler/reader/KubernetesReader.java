package dev.tiphys.compiler.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.source.Yaml;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what passes through to Kubernetes: its shape is checked, and it is left as it is. What the
 * API server alone can tell, it tells when a run begins.
 */
final class KubernetesReader {
  private static final Pattern QUANTITY =
      Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?");

  private final Reading reading;

  KubernetesReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * What the node amounts to; mistakes are reported and left out.
   *
   * @param path how messages call it: {@code securityContext.capabilities}
   */
  Optional<JsonNode> read(Yaml node, KubernetesType type, String path) {
    return switch (type) {
      case KubernetesType.Scalar scalar -> scalar(node, scalar, path);
      case KubernetesType.ListOf list -> list(node, list, path);
      case KubernetesType.MapOf map -> map(node, map, path);
      case KubernetesType.Structure structure -> structure(node, structure, path);
    };
  }

  private Optional<JsonNode> structure(Yaml node, KubernetesType.Structure type, String path) {
    return reading
        .values()
        .mapping(node, quoted(path))
        .map(
            mapping -> {
              SortedMap<String, JsonNode> fields = new TreeMap<>();
              for (Yaml.Entry entry : mapping.entries()) {
                if (isField(entry.key(), type.fields(), path)) {
                  String name = entry.key().text();
                  present(entry)
                      .flatMap(value -> read(value, type.field(name), path + "." + name))
                      .ifPresent(value -> fields.put(name, value));
                }
              }
              return object(fields);
            });
  }

  private boolean isField(Yaml.Scalar key, Set<String> fields, String path) {
    if (fields.contains(key.text())) {
      return true;
    }
    reading
        .found()
        .report(
            Code.UNKNOWN_FIELD,
            key.at(),
            quoted(path) + " has no field `" + key.text() + "`",
            Spelling.didYouMean(
                key.text(),
                fields,
                "it can have: " + String.join(", ", fields.stream().sorted().toList())));
    return false;
  }

  private Optional<JsonNode> map(Yaml node, KubernetesType.MapOf type, String path) {
    return reading
        .values()
        .mapping(node, quoted(path))
        .map(
            mapping -> {
              SortedMap<String, JsonNode> values = new TreeMap<>();
              for (Yaml.Entry entry : mapping.entries()) {
                String name = entry.key().text();
                refuseReferences(entry.key(), path);
                present(entry)
                    .flatMap(value -> read(value, type.values(), path + "." + name))
                    .ifPresent(value -> values.put(name, value));
              }
              return object(values);
            });
  }

  private static Optional<Yaml> present(Yaml.Entry entry) {
    return Optional.of(entry.value()).filter(v -> !(v instanceof Yaml.Scalar s && s.isNull()));
  }

  private static ObjectNode object(SortedMap<String, JsonNode> fields) {
    return JsonNodeFactory.instance.objectNode().setAll(fields);
  }

  private Optional<JsonNode> list(Yaml node, KubernetesType.ListOf type, String path) {
    return reading
        .values()
        .list(node, quoted(path))
        .map(
            items -> {
              ArrayNode list = JsonNodeFactory.instance.arrayNode();
              items.forEach(item -> read(item, type.items(), path).ifPresent(list::add));
              return list;
            });
  }

  private Optional<JsonNode> scalar(Yaml node, KubernetesType.Scalar type, String path) {
    if (node instanceof Yaml.Scalar scalar && refuseReferences(scalar, path)) {
      return Optional.empty();
    }
    return switch (type) {
      case TEXT -> text(node, path);
      case FLAG -> reading.values().flag(node, quoted(path)).map(BooleanNode::valueOf);
      case NUMBER -> number(node, path);
      case QUANTITY -> quantity(node, path);
      case NUMBER_OR_TEXT -> isNumber(node) ? number(node, path) : text(node, path);
    };
  }

  private Optional<JsonNode> text(Yaml node, String path) {
    return reading.values().text(node, quoted(path)).map(scalar -> new TextNode(scalar.text()));
  }

  private Optional<JsonNode> number(Yaml node, String path) {
    return reading
        .values()
        .number(node, quoted(path))
        .flatMap(
            scalar -> {
              OptionalLong number = WholeNumber.parse(scalar.text());
              if (number.isEmpty()) {
                invalid(scalar, path, "write a whole number");
                return Optional.empty();
              }
              return Optional.of(node(number.getAsLong()));
            });
  }

  /** As JSON is read, or a plan would differ from what its text says. */
  private static JsonNode node(long number) {
    return number == (int) number ? new IntNode((int) number) : new LongNode(number);
  }

  /** {@code 500m}, {@code 1Gi}; a number may stand without quotes. */
  private Optional<JsonNode> quantity(Yaml node, String path) {
    return (isNumber(node)
            ? reading.values().number(node, quoted(path))
            : reading.values().text(node, quoted(path)))
        .flatMap(
            scalar -> {
              if (!QUANTITY.matcher(scalar.text()).matches()) {
                invalid(scalar, path, "write a quantity as Kubernetes has it, like 500m or 1Gi");
                return Optional.empty();
              }
              return Optional.of(new TextNode(scalar.text()));
            });
  }

  private static boolean isNumber(Yaml node) {
    return node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.NUMBER;
  }

  private void invalid(Yaml.Scalar scalar, String path, String hint) {
    reading
        .found()
        .report(
            Code.INVALID_NUMBER, scalar.at(), quoted(path) + " cannot be " + scalar.text(), hint);
  }

  /** What an event brings fills parameters and nothing else of a pod. */
  private boolean refuseReferences(Yaml.Scalar scalar, String path) {
    int open = TaggedTextReader.firstReference(scalar.text());
    if (open >= 0) {
      reading
          .found()
          .report(
              Code.UNSUPPORTED_VARIABLE,
              scalar.layout().at(open),
              "a reference in " + quoted(path) + " is not supported yet",
              "write the value itself; a task gets values by its inputs");
    }
    return open >= 0;
  }

  private static String quoted(String path) {
    return "`" + path + "`";
  }
}
