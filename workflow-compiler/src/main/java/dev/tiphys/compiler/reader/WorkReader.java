package dev.tiphys.compiler.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.EnvironmentVariable;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Work;
import dev.tiphys.compiler.source.Yaml;
import java.util.List;
import java.util.Optional;

/** Reads what a task runs. */
final class WorkReader {
  private final Reading reading;

  WorkReader(Reading reading) {
    this.reading = reading;
  }

  /** Empty if the template has none that makes sense, which has been reported. */
  Optional<Work> read(Fields template) {
    return template
        .fields("container", Shape.CONTAINER)
        .flatMap(this::container)
        .or(() -> template.fields("script", Shape.SCRIPT).flatMap(this::script));
  }

  private Optional<Work> container(Fields fields) {
    Optional<Located<String>> image = fields.requiredText("image");
    List<TaggedText> command = texts(fields, "command");
    List<TaggedText> args = texts(fields, "args");
    List<EnvironmentVariable> env = env(fields);
    return image.map(i -> new Work.Container(i, command, args, env));
  }

  private Optional<Work> script(Fields fields) {
    Optional<Located<String>> image = fields.requiredText("image");
    List<TaggedText> command = texts(fields, "command");
    Optional<TaggedText> source =
        fields.required("source").isPresent()
            ? fields.scalar("source").map(reading.texts()::read)
            : Optional.empty();
    List<EnvironmentVariable> env = env(fields);
    return image.flatMap(i -> source.map(s -> new Work.Script(i, command, s, env)));
  }

  private List<TaggedText> texts(Fields fields, String field) {
    return fields.list(field).stream()
        .flatMap(node -> reading.values().anyText(node, "an item of `" + field + "`").stream())
        .map(reading.texts()::read)
        .toList();
  }

  private List<EnvironmentVariable> env(Fields fields) {
    return reading.each(fields.list("env"), Shape.ENV, this::variable);
  }

  private Optional<EnvironmentVariable> variable(Fields fields) {
    TaggedText value =
        fields
            .scalar("value")
            .map(reading.texts()::read)
            .orElse(new TaggedText(List.of(), fields.at()));
    Optional<Yaml> source = fields.get("valueFrom");
    if (source.isPresent() && fields.get("value").isPresent()) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              source.get().at(),
              "the environment variable has `value` and `valueFrom`",
              "keep one of them");
    }
    Optional<JsonNode> valueFrom =
        source.flatMap(
            node ->
                new KubernetesReader(reading)
                    .read(node, KubernetesType.VARIABLE_SOURCE, "valueFrom"));
    return fields
        .requiredText("name")
        .map(name -> new EnvironmentVariable(name, value, valueFrom.orElse(null)));
  }
}
