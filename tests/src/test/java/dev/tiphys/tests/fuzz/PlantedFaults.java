package dev.tiphys.tests.fuzz;

import dev.tiphys.tests.fuzz.Search.Bounds;
import dev.tiphys.tests.fuzz.Search.Outcome;
import dev.tiphys.tests.planted.Edit;
import dev.tiphys.tests.planted.EditedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Says whether fuzzing would notice a fault: each one of a list is planted in a copy of a class,
 * which goes before the build's own, and has to be found within the bounds.
 */
public final class PlantedFaults {
  private static final String LIST = "/fuzz/planted-faults.yaml";

  private PlantedFaults() {}

  /** A fault. */
  private record Fault(String name, Target target, Edit edit) {
    static Fault of(Map<?, ?> entry) {
      return new Fault(
          Edit.text(entry, "fault"),
          Target.valueOf(Edit.text(entry, "target").toUpperCase(Locale.ROOT)),
          Edit.of(entry));
    }

    Outcome search(Path work, Bounds bounds) throws IOException, InterruptedException {
      Path folder = work.resolve(name.replaceAll("[^a-z0-9]+", "-"));
      forget(folder);
      Path classes = EditedClasses.compile(List.of(edit), List.of(), folder);
      return new Search(target, folder, List.of(classes)).run(bounds);
    }

    /** Fails where it has no place. */
    void verify() throws IOException {
      EditedClasses.source(edit.file(), List.of(edit));
    }

    /** What an earlier search has grown would be a finding's beginning, and no mutation. */
    private static void forget(Path folder) throws IOException {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /**
   * Fails if a fault is not found.
   *
   * @param args a folder to work in; targets or {@code all}; seconds for each fault; inputs for
   *     each at most, or -1; how many at a time; the seed
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path work = Path.of(args[0]).toAbsolutePath().resolve("planted");
    Bounds bounds =
        new Bounds(Long.parseLong(args[2]), Long.parseLong(args[3]), Integer.parseInt(args[5]));
    List<Target> targets = Target.named(args[1]);
    List<Fault> faults = faults().stream().filter(fault -> targets.contains(fault.target)).toList();
    for (Fault fault : faults) {
      fault.verify();
    }
    int missed = 0;
    try (ExecutorService searches = Executors.newFixedThreadPool(Integer.parseInt(args[4]))) {
      List<Future<Outcome>> begun = new ArrayList<>();
      faults.forEach(fault -> begun.add(searches.submit(() -> fault.search(work, bounds))));
      System.out.println("| target | fault | inputs | seconds | |");
      System.out.println("|---|---|---:|---:|---|");
      for (int i = 0; i < faults.size(); i++) {
        Outcome outcome = begun.get(i).get();
        missed += outcome.finding().isPresent() ? 0 : 1;
        System.out.println(row(faults.get(i), outcome));
      }
    }
    if (missed > 0) {
      System.exit(1);
    }
  }

  private static String row(Fault fault, Outcome outcome) {
    return "| `%s` | %s | %,d | %,.1f | %s |"
        .formatted(
            fault.target.lowerCaseName(),
            fault.name,
            outcome.inputs(),
            outcome.seconds(),
            verdict(outcome));
  }

  /** Whether the search found it, or the first inputs had it already. */
  private static String verdict(Outcome outcome) {
    if (outcome.finding().isEmpty()) {
      return "MISSED";
    }
    return outcome.mutated() ? "found" : "kept";
  }

  private static List<Fault> faults() {
    return Edit.list(LIST).stream().map(Fault::of).toList();
  }
}
