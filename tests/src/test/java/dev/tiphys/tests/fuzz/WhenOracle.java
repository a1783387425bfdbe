package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Verdict;
import java.util.Objects;
import java.util.Optional;

/**
 * The first line is a condition, the second the value of every reference in it. What was parsed is
 * printed and parsed again to the same; a value decides as if it stood in the file, and as numbers,
 * booleans and texts are compared one by one.
 */
final class WhenOracle implements Oracle {
  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: w}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: a, value: x}, {name: b, value: x}]}
        templates:
        - name: main
          steps:
          - - name: s
              template: t
              when: CONDITION
        - name: t
          container: {image: i, command: [c]}
      """;

  @Override
  public void check(byte[] input) {
    String[] parts = new String(input, UTF_8).split("\n", 2);
    Optional<Condition> parsed = parse(parts[0]);
    if (parsed.isEmpty()) {
      return;
    }
    Condition condition = parsed.get();
    again(condition);
    String value = parts.length < 2 ? "" : parts[1];
    Condition filled = ConditionText.filled(condition, value);
    Verdict verdict = condition.decide(reference -> value);
    Expect.same(verdict, filled.decide(WhenOracle::unknown), "with `" + value + "` put in");
    ConditionValue.of(filled)
        .ifPresent(
            it -> Expect.same(it, truth(verdict), "`" + parts[0] + "` with `" + value + "`"));
    again(filled);
  }

  /** Prints it and parses that, unless no text can say it. */
  private static void again(Condition condition) {
    Condition expected = ConditionText.typed(condition);
    ConditionText.print(condition)
        .filter(WhenOracle::fitsYaml)
        .ifPresent(
            text ->
                Expect.same(
                    Optional.of(expected), parse(text), "printed and parsed again: " + text));
  }

  /** True, false, or neither. */
  private static Object truth(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Holds _ -> true;
      case Verdict.Fails _ -> false;
      case Verdict.Undecided _ -> ConditionValue.NEITHER;
    };
  }

  private static String unknown(Text.Reference reference) {
    throw new AssertionError("no value is left to be put in, but " + reference);
  }

  /** Characters that a file can hold; more would test the YAML parser. */
  private static boolean fitsYaml(String text) {
    return text.chars()
        .allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F) || (c > 0xA0 && c < 0xD800));
  }

  private static Optional<Condition> parse(String when) {
    if (!fitsYaml(when) || when.isBlank()) {
      return Optional.empty();
    }
    String file = WORKFLOW.replace("CONDITION", Json.write(when));
    Plan plan = Compiler.compile("when.yaml", file).value();
    if (plan == null) {
      return Optional.empty();
    }
    StepsTemplate main = (StepsTemplate) plan.template("main");
    Step step = main.groups().getFirst().getFirst();
    return Optional.of(Objects.requireNonNull(step.when(), "the condition of the step"));
  }
}
