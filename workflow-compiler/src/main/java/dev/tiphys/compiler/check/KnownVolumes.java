package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ensures that what a container mounts is a volume of its template or of the workflow. */
final class KnownVolumes implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow.templates().tasks().forEach(task -> check(workflow, task, found));
  }

  private static void check(Workflow workflow, Template.Task task, Diagnostics found) {
    Set<String> volumes =
        Stream.concat(workflow.pod().volumes().stream(), task.pod().volumes().stream())
            .map(Located::value)
            .collect(Collectors.toSet());
    task.pod().mounts().stream()
        .filter(mount -> !volumes.contains(mount.value()))
        .forEach(
            mount ->
                found.report(
                    Code.UNKNOWN_VOLUME,
                    mount.at(),
                    "there is no volume `" + mount + "`",
                    Spelling.didYouMean(
                        mount.value(),
                        volumes,
                        "add it to `volumes` of the template or of the workflow")));
  }
}
