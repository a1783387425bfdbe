package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Argument;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.When;
import dev.tiphys.compiler.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the steps of a scope. */
final class StepReader {
  private final Reading reading;
  private final Diagnostics found;

  StepReader(Reading reading) {
    this.reading = reading;
    this.found = reading.found();
  }

  /** Empty if they are no list. */
  Optional<List<List<Step>>> groups(Yaml node) {
    return reading
        .values()
        .list(node, "`steps`")
        .map(
            groups -> {
              checkNotEmpty(groups, node.at(), "`steps` has no steps");
              List<List<Step>> read = new ArrayList<>();
              groups.forEach(group -> read.add(group(group)));
              return read;
            });
  }

  private List<Step> group(Yaml node) {
    if (node instanceof Yaml.Mapping) {
      found.report(
          Code.WRONG_TYPE,
          node.at(),
          "`steps` is a list of groups, and a group is a list of steps, not a mapping",
          "begin a group's first step with `- - `, and further ones beside it with `  - `");
      return List.of();
    }
    Optional<List<Yaml>> steps = reading.values().list(node, "a group of steps");
    steps.ifPresent(list -> checkNotEmpty(list, node.at(), "this group has no steps"));
    return reading.each(steps.orElse(List.of()), Shape.STEP, this::step);
  }

  private void checkNotEmpty(List<Yaml> list, SourceSpan at, String message) {
    if (list.isEmpty()) {
      found.report(Code.EMPTY_STEPS, at, message, "add a step: `- - {name: ..., template: ...}`");
    }
  }

  private Optional<Step> step(Fields fields) {
    Optional<Located<String>> name = fields.requiredText("name");
    Optional<Located<String>> template =
        fields.get("templateRef").or(() -> fields.get("inline")).isPresent()
            ? fields.text("template")
            : fields.requiredText("template");
    List<Argument> arguments =
        fields
            .fields("arguments", Shape.STEP_ARGUMENTS)
            .map(a -> reading.each(a.list("parameters"), Shape.ARGUMENT, this::argument))
            .orElse(List.of());
    Optional<When> when =
        fields
            .get("when")
            .flatMap(node -> reading.values().parameterValue(node, "`when`"))
            .flatMap(scalar -> ConditionReader.read(scalar, reading.texts(), found));
    boolean continueOnFailed =
        fields.fields("continueOn", Shape.CONTINUE_ON).map(c -> c.flag("failed")).orElse(false);
    return name.flatMap(
        n -> template.map(t -> new Step(n, t, arguments, when.orElse(null), continueOnFailed)));
  }

  private Optional<Argument> argument(Fields fields) {
    Optional<Located<String>> name = fields.requiredText("name");
    Optional<TaggedText> value = fields.parameterValue("value").map(reading.texts()::read);
    if (fields.get("value").isEmpty() && fields.get("valueFrom").isEmpty()) {
      fields.missing("value", "add `value: ...`");
    }
    return name.map(n -> new Argument(n, value.orElse(new TaggedText(List.of(), fields.at()))));
  }
}
