package dev.tiphys.tests.planted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fault of the engine, and the scenario in which it is looked for first.
 *
 * @param name what it breaks
 */
record EngineFault(String name, String scenario, Edit edit) {
  private static final String LIST = "/simulation/planted-faults.yaml";
  private static final String LIMITS = "/simulation/lower-limits.yaml";
  private static final Path WORK = Path.of("target", "planted-faults").toAbsolutePath();
  private static final List<String> COPIED =
      List.of("dev.tiphys.functions.", "dev.tiphys.tests.simulation.");

  static List<EngineFault> list() {
    return Edit.list(LIST).stream().map(EngineFault::of).toList();
  }

  private static EngineFault of(Map<?, ?> entry) {
    return new EngineFault(Edit.text(entry, "fault"), Edit.text(entry, "scenario"), Edit.of(entry));
  }

  /** The simulation of an engine that has the fault. */
  SeedSearch planted() throws IOException, ReflectiveOperationException {
    return search(List.of(edit), name.replaceAll("[^a-z0-9]+", "-"));
  }

  /** The simulation of the engine as it is, but for its limits. */
  static SeedSearch none() throws IOException, ReflectiveOperationException {
    return search(List.of(), "none");
  }

  private static SeedSearch search(List<Edit> faults, String folder)
      throws IOException, ReflectiveOperationException {
    List<Edit> edits = new ArrayList<>(faults);
    List<Path> others = new ArrayList<>();
    for (Map<?, ?> limit : Edit.list(LIMITS)) {
      if (limit.containsKey("right")) {
        edits.add(Edit.of(limit));
      } else {
        others.add(Path.of(Edit.text(limit, "file")));
      }
    }
    Path classes = EditedClasses.compile(edits, others, WORK.resolve(folder));
    return (SeedSearch)
        new CopiedClasses(classes, COPIED)
            .loadClass("dev.tiphys.tests.simulation.SimulationSearch")
            .getConstructor()
            .newInstance();
  }

  @Override
  public String toString() {
    return name;
  }
}
