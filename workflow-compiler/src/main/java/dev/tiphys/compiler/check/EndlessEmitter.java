package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ensures that something stops an emitter that runs for ever.
 *
 * <p>Most commands end by themselves, and no compiler can tell which do. So this is a guess, made
 * only where all of it holds: the task's output starts or updates tasks, it has no input with
 * {@code eventPolicy: delete}, and its text has one of the usual endless loops ({@code while True},
 * {@code while true}, {@code while :}, {@code for (;;)}) and from there on no word that leaves one.
 */
final class EndlessEmitter implements Check {
  private static final Pattern LOOP =
      Pattern.compile(
          "\\bwhile\\s*\\(?\\s*(True|true|1|:)(?=\\W|$)|\\bfor\\s*\\(\\(?\\s*;\\s*;\\s*\\)|\\buntil\\s+false\\b");
  private static final Pattern LEAVES = Pattern.compile("\\b(break|exit|return|raise|die)\\b");

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    if (!workflow.complete()) {
      return; // what stops it may be what could not be read
    }
    Set<String> awaited =
        EventInputs.all(workflow)
            .filter(input -> !input.input().deletes())
            .map(input -> input.event().type().value())
            .collect(Collectors.toSet());
    workflow
        .templates()
        .tasks()
        .filter(task -> task.inputs().stream().noneMatch(Input::deletes))
        .filter(EndlessEmitter::loops)
        .flatMap(task -> task.sidecars().stream())
        .filter(sidecar -> sidecar.watcher() instanceof EventSidecar.StdoutWatcher)
        .filter(sidecar -> awaited.contains(sidecar.eventType().value()))
        .forEach(
            sidecar ->
                found.report(
                    Code.ENDLESS_EMITTER,
                    sidecar.eventType().at(),
                    "the task seems to emit `"
                        + sidecar.eventType()
                        + "` for ever, and nothing stops it",
                    "add an input with `eventPolicy: delete`, or let the loop end"));
  }

  private static boolean loops(Template.Task task) {
    String text =
        task.work().texts().map(placed -> placed.text().raw()).collect(Collectors.joining("\n"));
    Matcher loop = LOOP.matcher(text);
    return loop.find() && !LEAVES.matcher(text).find(loop.start());
  }
}
