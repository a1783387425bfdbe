package dev.tiphys.functions;

import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The values that references stand for. */
final class Values {
  /**
   * Linux takes no argument or environment entry above 128 KiB; on a cluster a pod holds copies.
   */
  static final int BYTES_MAX = 64 * 1024;

  private Values() {}

  /** Why no process could be given the value; empty if one can. */
  static Optional<String> problem(String value) {
    if (value.indexOf('\0') >= 0) {
      return Optional.of("it contains a NUL character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      // JSON can bring it, and neither files nor the environment can hold it
      return Optional.of("it contains half of a surrogate pair, which is no character");
    }
    return value.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX
        ? Optional.of("it is longer than " + BYTES_MAX + " bytes")
        : Optional.empty();
  }

  /** Within a template whose inputs have these values. */
  static Function<Text.Reference, String> of(Run run, Map<String, String> inputs) {
    return reference ->
        switch (reference) {
          case Text.InputParameter input -> inputs.getOrDefault(input.name(), "");
          case Text.WorkflowParameter parameter ->
              run.parameters().getOrDefault(parameter.name(), "");
          case Text.RunName name -> run.name();
        };
  }

  /**
   * The inputs of a template that a step calls: the step's argument, else the default.
   *
   * @param around values within the scope that the step stands in
   */
  static SortedMap<String, String> inputs(
      Template template, Step step, Function<Text.Reference, String> around) {
    SortedMap<String, String> values = new TreeMap<>();
    for (Input input : template.inputs()) {
      if (input instanceof Input.FromArgument argument) {
        Text text = step.arguments().getOrDefault(input.name(), argument.defaultValue());
        if (text != null) {
          values.put(input.name(), text.render(around));
        }
      }
    }
    return values;
  }
}
