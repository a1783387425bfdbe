package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.compiler.taint.Arrival.Way;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All values of a workflow that somebody without any right may have chosen, at each sink. */
public final class Arrivals {
  private Arrivals() {}

  /** In the file's order, without those that the author allows. */
  public static Stream<Arrival> of(Workflow workflow) {
    Taint taint = Taint.of(workflow);
    return workflow
        .templates()
        .tasks()
        .flatMap(task -> of(task, taint))
        .filter(arrival -> !(workflow.eventValuesInCode() && arrival.sink().isCode()));
  }

  /** The places that each parameter of the workflow reaches, in words, by its name. */
  public static Map<String, SortedSet<String>> reaches(Workflow workflow) {
    Map<String, SortedSet<String>> reaches = new TreeMap<>();
    of(workflow)
        .forEach(
            arrival ->
                arrival.sources().stream()
                    .flatMap(source -> source instanceof Source.Parameter p ? Stream.of(p) : null)
                    .forEach(
                        parameter ->
                            reaches
                                .computeIfAbsent(parameter.name(), name -> new TreeSet<>())
                                .add(arrival.place())));
    return reaches;
  }

  private static Stream<Arrival> of(Template.Task task, Taint taint) {
    Map<String, Set<Source>> variables = taint.variables(task);
    return Sinks.of(task)
        .flatMap(
            entry ->
                Stream.concat(
                        entry.text().variables().map(tag -> tag(task, taint, entry, tag)),
                        variables(task, variables, entry))
                    .filter(arrival -> !arrival.sources().isEmpty()));
  }

  private static Arrival tag(
      Template.Task task, Taint taint, Sinks.Entry entry, TaggedText.Variable tag) {
    return new Arrival(
        entry.sink(),
        task.name().value(),
        entry.detail(),
        Way.TAG,
        tag.name(),
        tag.at(),
        taint.of(task, tag));
  }

  private static Stream<Arrival> variables(
      Template.Task task, Map<String, Set<Source>> variables, Sinks.Entry entry) {
    Stream<String> putIn =
        entry.expanded() ? Word.references(entry.text().raw()).stream() : Stream.empty();
    return Stream.concat(
        putIn.map(name -> variable(task, variables, entry, Way.VARIABLE, name)),
        entry.evaluated().stream()
            .sorted()
            .map(name -> variable(task, variables, entry, Way.EVALUATED, name)));
  }

  private static Arrival variable(
      Template.Task task,
      Map<String, Set<Source>> variables,
      Sinks.Entry entry,
      Way way,
      String name) {
    return new Arrival(
        entry.sink(),
        task.name().value(),
        entry.detail(),
        way,
        name,
        entry.text().at(),
        variables.getOrDefault(name, Set.of()));
  }
}
