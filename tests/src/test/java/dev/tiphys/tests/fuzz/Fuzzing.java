package dev.tiphys.tests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Searches one target, or each of them, and prints what came of it. */
public final class Fuzzing {
  private static final String ALL = "all";

  private Fuzzing() {}

  /**
   * Fails if anything was found.
   *
   * @param args a folder for what is found; a target or {@code all}; seconds for each; inputs for
   *     each at most, or -1; how many at a time
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path work = Path.of(args[0]).toAbsolutePath();
    Search.Bounds bounds = new Search.Bounds(Long.parseLong(args[2]), Long.parseLong(args[3]), 1);
    List<Search.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService searches = Executors.newFixedThreadPool(Integer.parseInt(args[4]))) {
      List<Future<Search.Outcome>> begun = new ArrayList<>();
      for (Target target : targets(args[1])) {
        Path folder = Files.createDirectories(work.resolve(target.lowerCaseName()));
        begun.add(searches.submit(() -> new Search(target, folder, List.of()).run(bounds)));
      }
      System.out.printf(
          "%-10s %12s %10s %7s %9s%n", "target", "inputs", "per second", "edges", "features");
      for (Future<Search.Outcome> search : begun) {
        Search.Outcome outcome = search.get();
        outcomes.add(outcome);
        System.out.printf(
            "%-10s %,12d %,10d %,7d %,9d%n",
            outcome.target().lowerCaseName(),
            outcome.inputs(),
            outcome.perSecond(),
            outcome.edges(),
            outcome.features());
        outcome
            .finding()
            .ifPresent(
                it ->
                    System.out.println(
                        "FOUND " + it + "\n in " + work.resolve(outcome.target().lowerCaseName())));
      }
    }
    if (outcomes.stream().anyMatch(it -> it.finding().isPresent())) {
      System.exit(1);
    }
  }

  private static List<Target> targets(String named) {
    return named.equals(ALL)
        ? Arrays.asList(Target.values())
        : List.of(Target.valueOf(named.toUpperCase(Locale.ROOT)));
  }
}
