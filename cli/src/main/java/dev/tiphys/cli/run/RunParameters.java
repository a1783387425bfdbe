package dev.tiphys.cli.run;

import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.triggers.plan.Plan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether the values that a call gives are those that the workflow takes. */
public final class RunParameters {
  private RunParameters() {}

  /** What is wrong with the values, each with what to do; empty if nothing is. */
  public static List<String> problems(Plan plan, Map<String, String> given) {
    List<String> names = plan.parameters().stream().map(Plan.Parameter::name).toList();
    Stream<String> unknown =
        given.keySet().stream()
            .filter(name -> !names.contains(name))
            .map(
                name ->
                    "the workflow has no parameter `%s`: %s".formatted(name, hint(name, names)));
    Stream<String> missing =
        plan.parameters().stream()
            .filter(parameter -> parameter.value() == null && !given.containsKey(parameter.name()))
            .map(Plan.Parameter::name)
            .map("the parameter `%1$s` has no value: give it by -p %1$s=VALUE"::formatted);
    return Stream.concat(unknown, missing).toList();
  }

  /** The plan whose parameters have these values where a run brings no others. */
  public static Plan given(Plan plan, Map<String, String> values) {
    List<Plan.Parameter> parameters =
        plan.parameters().stream()
            .map(
                it ->
                    values.containsKey(it.name())
                        ? new Plan.Parameter(it.name(), values.get(it.name()), it.reaches())
                        : it)
            .toList();
    return new Plan(
        plan.workflow(),
        plan.runPrefix(),
        plan.entrypoint(),
        parameters,
        plan.parallelism(),
        plan.templates(),
        plan.rules());
  }

  private static String hint(String name, Collection<String> names) {
    String all =
        names.isEmpty() ? "it takes none" : "it takes `" + String.join("`, `", names) + "`";
    return Spelling.didYouMean(name, names, all);
  }
}
