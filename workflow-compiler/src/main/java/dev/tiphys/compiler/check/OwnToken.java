package dev.tiphys.compiler.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Pod;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Ensures that no task sees the token of Tiphys's own account, under which its pod runs where
 * output is read by the log API and the workflow names no account.
 */
record OwnToken(LogCapture capture) implements Check {
  private static final String ACCOUNT = "serviceAccountName";

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    switch (capture) {
      case FILES -> {}
      case API ->
          workflow
              .templates()
              .tasks()
              .filter(task -> runsAsOurs(workflow, task) && wantsToken(workflow, task))
              .forEach(
                  task ->
                      found.report(
                          Code.RESERVED_NAME,
                          task.name().at(),
                          "`%s` would see the token of Tiphys's own account, under which its output is read (--logs=api)"
                              .formatted(task.name()),
                          "name a `serviceAccountName` of your own that may get pods/log"));
    }
  }

  private static boolean runsAsOurs(Workflow workflow, Template.Task task) {
    return pods(workflow, task).noneMatch(pod -> pod.spec().containsKey(ACCOUNT))
        && task.sidecars().stream()
            .anyMatch(sidecar -> sidecar.watcher() instanceof EventSidecar.StdoutWatcher);
  }

  private static boolean wantsToken(Workflow workflow, Template.Task task) {
    JsonNode own = task.pod().spec().get("automountServiceAccountToken");
    JsonNode mounts = own == null ? workflow.pod().spec().get("automountServiceAccountToken") : own;
    return (mounts != null && mounts.asBoolean())
        || pods(workflow, task)
            .flatMap(pod -> Stream.ofNullable(pod.spec().get("volumes")))
            .flatMap(OwnToken::items)
            .flatMap(volume -> items(volume.path("projected").path("sources")))
            .anyMatch(source -> source.has("serviceAccountToken"));
  }

  private static Stream<Pod> pods(Workflow workflow, Template.Task task) {
    return Stream.of(workflow.pod(), task.pod());
  }

  private static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
