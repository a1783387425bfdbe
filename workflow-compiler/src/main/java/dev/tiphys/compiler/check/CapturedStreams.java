package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import dev.tiphys.triggers.plan.LogCapture;
import java.util.Locale;

/** Ensures that the way in which output is captured can tell the streams that are asked for. */
record CapturedStreams(LogCapture capture) implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    switch (capture) {
      case FILES -> {}
      case API ->
          workflow
              .templates()
              .tasks()
              .flatMap(task -> task.sidecars().stream())
              .forEach(sidecar -> checkMixed(sidecar, found));
    }
  }

  private static void checkMixed(Sidecar sidecar, Diagnostics found) {
    if (sidecar.watcher() instanceof EventSidecar.StdoutWatcher watcher
        && watcher.stream() != Stream.BOTH) {
      found.report(
          Code.UNSUPPORTED_VALUE,
          sidecar.name().at(),
          "`%s` watches %s alone, and the log API (--logs=api) does not tell it from the other stream"
              .formatted(sidecar.name(), watcher.stream().name().toLowerCase(Locale.ROOT)),
          "write `stream: both`, or capture by files");
    }
  }
}
