package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ensures that a container runtime can read the names of images. */
final class Images implements Check {
  private static final String HOST =
      "(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::\\d{1,5})?/)?";
  private static final String PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";
  private static final Pattern IMAGE =
      Pattern.compile(
          HOST
              + PART
              + "(?:/"
              + PART
              + ")*"
              + "(?::[\\w][\\w.-]{0,127})?(?:@sha256:[a-f0-9]{64}|@sha512:[a-f0-9]{128})?");
  private static final int MAX_LENGTH = 512;

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow
        .templates()
        .tasks()
        .flatMap(
            task ->
                Stream.concat(
                    Stream.of(task.work().image()),
                    task.sidecars().stream()
                        .filter(sidecar -> sidecar.watcher() instanceof EventSidecar.Custom)
                        .map(Sidecar::image)))
        .filter(i -> i.value().length() > MAX_LENGTH || !IMAGE.matcher(i.value()).matches())
        .forEach(
            image ->
                found.report(
                    Code.INVALID_IMAGE,
                    image.at(),
                    "`" + image + "` is no name of an image",
                    "write it as [registry/]name[:tag], in lower case"));
  }
}
