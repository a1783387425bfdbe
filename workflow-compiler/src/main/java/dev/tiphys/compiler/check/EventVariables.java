package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.EnvironmentVariable;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment variables of a task that may hold what an event brought. Kubernetes puts a
 * variable's value in for {@code $(NAME)} in commands, arguments and other variables.
 */
final class EventVariables {
  /** An escaped reference, or a reference with its name. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$(?=\\()|\\$\\(([^)]*)\\)");

  private final Set<String> tainted = new HashSet<>();

  private EventVariables() {}

  static EventVariables of(Workflow workflow, Template.Task task, EventValues values) {
    EventVariables variables = new EventVariables();
    task.inputs().stream()
        .map(input -> input.name().value())
        .filter(input -> values.holdsEventValue(task, input))
        .forEach(input -> variables.tainted.add(EnvironmentNames.of(input)));
    boolean more = true;
    while (more) { // to the fixed point: variables name each other
      more =
          task.work().env().stream().filter(v -> variables.add(workflow, task, values, v)).count()
              > 0;
    }
    return variables;
  }

  private boolean add(
      Workflow workflow, Template.Task task, EventValues values, EnvironmentVariable variable) {
    boolean holds =
        values.in(workflow, task, variable.value()).findAny().isPresent()
            || in(variable.value()).findAny().isPresent();
    return holds && tainted.add(variable.name().value());
  }

  /** Those that the text names. */
  Stream<String> in(TaggedText text) {
    return REFERENCE
        .matcher(text.raw())
        .results()
        .flatMap(match -> Stream.ofNullable(match.group(1)))
        .filter(tainted::contains);
  }
}
