package dev.tiphys.cli.run;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.ResourceWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the objects that a workflow watches are there. */
final class ObjectsOption {
  private ObjectsOption() {}

  /**
   * What is wrong with the folder of objects.
   *
   * @param folder null: none was named
   */
  static Optional<String> problem(Plan plan, @Nullable Path folder) {
    if (folder == null) {
      return plan.watches().isEmpty() ? Optional.empty() : Optional.of(missing(plan));
    }
    if (plan.watches().isEmpty()) {
      return Optional.of("--objects: the workflow watches no objects; leave it out");
    }
    return Files.isDirectory(folder)
        ? Optional.empty()
        : Optional.of("--objects: " + folder + " is no folder; make it, it may be empty");
  }

  private static String missing(Plan plan) {
    return plan.watches().stream()
        .map(ResourceWatch::toString)
        .distinct()
        .sorted()
        .collect(
            Collectors.joining(
                ", ",
                "the workflow watches objects of a cluster (",
                "): name a folder of manifests that stand for them with --objects FOLDER"));
  }
}
