package dev.tiphys.tests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Searches one target, or each of them, and prints what came of it. */
public final class Fuzzing {
  private Fuzzing() {}

  /**
   * Fails if anything was found.
   *
   * @param args a folder for what is found; targets or {@code all}; seconds for each; inputs for
   *     each at most, or -1; how many at a time; the seed
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path work = Path.of(args[0]).toAbsolutePath();
    Search.Bounds bounds =
        new Search.Bounds(
            Long.parseLong(args[2]), Long.parseLong(args[3]), Integer.parseInt(args[5]));
    List<Search.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService searches = Executors.newFixedThreadPool(Integer.parseInt(args[4]))) {
      List<Future<Search.Outcome>> begun = new ArrayList<>();
      for (Target target : Target.named(args[1])) {
        Path folder = Files.createDirectories(work.resolve(target.lowerCaseName()));
        begun.add(searches.submit(() -> new Search(target, folder, List.of()).run(bounds)));
      }
      System.out.println(
          "| target | inputs | per second | branches | lines of the files that were reached |");
      System.out.println("|---|---:|---:|---:|---:|");
      for (Future<Search.Outcome> search : begun) {
        Search.Outcome outcome = search.get();
        outcomes.add(outcome);
        System.out.println(row(outcome));
      }
    }
    outcomes.forEach(outcome -> outcome.finding().ifPresent(it -> tell(outcome, it, work)));
    if (outcomes.stream().anyMatch(it -> it.finding().isPresent())) {
      System.exit(1);
    }
  }

  private static String row(Search.Outcome outcome) {
    return "| %s | %,d | %,d | %,d | %s |"
        .formatted(
            outcome.target().lowerCaseName(),
            outcome.inputs(),
            outcome.perSecond(),
            outcome.edges(),
            outcome.coverage());
  }

  private static void tell(Search.Outcome outcome, String finding, Path work) {
    System.out.printf(
        "FOUND in %s:%n%s%n", work.resolve(outcome.target().lowerCaseName()), finding);
  }
}
