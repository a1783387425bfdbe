package dev.tiphys.functions.shell;

import dev.tiphys.functions.port.Plans;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The plans in the JSON files of a folder, as they were when it was read. */
final class PlanFolder implements Plans {
  private final Map<String, Plan> plans;

  private PlanFolder(Map<String, Plan> plans) {
    this.plans = Map.copyOf(plans);
  }

  /**
   * Reads the folder; one that is absent holds none.
   *
   * @param problems takes what is wrong, a sentence for each file
   */
  static PlanFolder read(Path folder, List<String> problems) {
    Map<String, Plan> plans = new HashMap<>();
    if (!Files.isDirectory(folder)) {
      return new PlanFolder(plans);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        readFile(file, problems).ifPresent(plan -> plans.put(plan.id(), plan));
      }
    } catch (IOException e) {
      problems.add(folder + " cannot be read: " + e);
    }
    return new PlanFolder(plans);
  }

  private static Optional<Plan> readFile(Path file, List<String> problems) {
    try {
      return Optional.of(Plan.fromJson(Files.readString(file)));
    } catch (IOException | RuntimeException e) {
      problems.add(
          file + " is no plan: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  int size() {
    return plans.size();
  }

  @Override
  public Optional<Plan> find(String id) {
    return Optional.ofNullable(plans.get(id));
  }
}
