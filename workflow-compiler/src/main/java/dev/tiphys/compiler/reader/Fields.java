package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import java.util.List;
import java.util.Optional;

/** An object of the file. A field without a value counts as absent, as it does in Kubernetes. */
final class Fields {
  private final Yaml.Mapping mapping;
  private final Shape shape;
  private final Values values;
  private final Diagnostics found;

  /** Reports the fields that do not belong there. */
  Fields(Yaml.Mapping mapping, Shape shape, Values values, Diagnostics found) {
    this.mapping = mapping;
    this.shape = shape;
    this.values = values;
    this.found = found;
    mapping.entries().stream().map(Yaml.Entry::key).forEach(this::checkKey);
  }

  private void checkKey(Yaml.Scalar key) {
    String name = key.text();
    if (shape.supported().contains(name)) {
      return;
    }
    if (shape.refused().contains(name)) {
      found.report(
          Code.UNSUPPORTED_FIELD,
          key.at(),
          shape.origin() + "`" + name + "` is not supported yet",
          "remove it; " + shape.what() + " can have: " + supported());
    } else {
      found.report(
          Code.UNKNOWN_FIELD,
          key.at(),
          shape.what() + " has no field `" + name + "`",
          Spelling.didYouMean(name, shape.supported(), "it can have: " + supported()));
    }
  }

  private String supported() {
    return String.join(", ", shape.supported().stream().sorted().toList());
  }

  SourceSpan at() {
    return mapping.at();
  }

  Optional<Yaml> get(String field) {
    return mapping.get(field).filter(node -> !(node instanceof Yaml.Scalar s && s.isNull()));
  }

  /** Like {@link #get}; absence is reported. */
  Optional<Yaml> required(String field) {
    Optional<Yaml> value = get(field);
    if (value.isEmpty()) {
      missing(field, "add `" + field + ": ...`");
    }
    return value;
  }

  /** Whether it has a field that is not supported yet, which then says enough. */
  boolean hasRefused() {
    return shape.refused().stream().anyMatch(field -> get(field).isPresent());
  }

  void missing(String field, String hint) {
    found.report(
        Code.MISSING_FIELD,
        mapping.get(field).map(Yaml::at).orElse(at()),
        shape.what() + " needs `" + field + "`",
        hint);
  }

  Optional<Located<String>> text(String field) {
    return get(field).flatMap(node -> located(node, field));
  }

  Optional<Located<String>> requiredText(String field) {
    return required(field).flatMap(node -> located(node, field));
  }

  private Optional<Located<String>> located(Yaml node, String field) {
    return values
        .text(node, "`" + field + "`")
        .map(scalar -> new Located<>(scalar.text(), scalar.at()));
  }

  /** Text whose references are read, or of which nothing is made. */
  Optional<Yaml.Scalar> scalar(String field) {
    return get(field).flatMap(node -> values.anyText(node, "`" + field + "`"));
  }

  Optional<Yaml.Scalar> plainValue(String field) {
    return get(field).flatMap(node -> values.plainValue(node, "`" + field + "`"));
  }

  Optional<Yaml.Scalar> parameterValue(String field) {
    return get(field).flatMap(node -> values.parameterValue(node, "`" + field + "`"));
  }

  Optional<Fields> fields(String field, Shape of) {
    return get(field).flatMap(node -> values.fields(node, of));
  }

  /** Empty list if absent. */
  List<Yaml> list(String field) {
    return get(field).flatMap(node -> values.list(node, "`" + field + "`")).orElse(List.of());
  }

  Optional<Located<Integer>> count(String field) {
    return get(field).flatMap(node -> values.count(node, "`" + field + "`"));
  }

  boolean flag(String field) {
    return get(field).flatMap(node -> values.flag(node, "`" + field + "`")).orElse(false);
  }
}
