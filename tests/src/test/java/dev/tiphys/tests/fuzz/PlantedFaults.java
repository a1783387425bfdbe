package dev.tiphys.tests.fuzz;

import dev.tiphys.tests.fuzz.Search.Bounds;
import dev.tiphys.tests.fuzz.Search.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Says whether fuzzing would notice a fault: each one of a list is planted in a copy of a class,
 * which goes before the build's own, and has to be found within the bounds.
 */
public final class PlantedFaults {
  private static final String LIST = "/fuzz/planted-faults.yaml";

  private PlantedFaults() {}

  /**
   * A fault.
   *
   * @param file the source, from the project's folder
   * @param right a piece of it that is there once
   * @param wrong what stands there instead
   */
  private record Fault(String name, Target target, Path file, String right, String wrong) {
    static Fault of(Object entry) {
      Map<?, ?> fields = (Map<?, ?>) entry;
      UnaryOperator<String> field =
          name -> Objects.requireNonNull(fields.get(name), name).toString().stripTrailing();
      return new Fault(
          field.apply("fault"),
          Target.valueOf(field.apply("target").toUpperCase(Locale.ROOT)),
          Path.of(field.apply("file")),
          field.apply("right"),
          field.apply("wrong"));
    }

    Outcome search(Path work, Bounds bounds) throws IOException, InterruptedException {
      Path folder = work.resolve(name.replaceAll("[^a-z0-9]+", "-"));
      forget(folder);
      Path copy = folder.resolve("source").resolve(file.getFileName());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, faulty());
      compile(copy, folder.resolve("classes"));
      return new Search(target, folder, List.of(folder.resolve("classes"))).run(bounds);
    }

    private String faulty() throws IOException {
      Path project = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
      String source = Files.readString(project.resolve(file));
      int at = source.indexOf(right);
      if (at < 0 || source.indexOf(right, at + 1) >= 0) {
        throw new IllegalStateException("not there once in " + file + ": " + right);
      }
      return source.replace(right, wrong);
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
      fault.faulty();
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

  private static List<Fault> faults() throws IOException {
    List<Fault> faults = new ArrayList<>();
    try (InputStream list = Objects.requireNonNull(PlantedFaults.class.getResourceAsStream(LIST))) {
      Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(list);
      ((Iterable<?>) all).forEach(entry -> faults.add(Fault.of(entry)));
    }
    return faults;
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Files.createDirectories(classes);
    int code =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-parameters",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            source.toString());
    if (code != 0) {
      throw new IllegalStateException("a planted fault does not compile: " + source);
    }
  }
}
