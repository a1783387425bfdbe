package dev.tiphys.tests.fuzz;

import dev.tiphys.tests.fuzz.Search.Bounds;
import dev.tiphys.tests.fuzz.Search.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
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
  private static final String ALL = "all";

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

    /** Writes the faulty class into that folder. */
    void plant(Path project, Path work) throws IOException {
      String source = Files.readString(project.resolve(file));
      int at = source.indexOf(right);
      if (at < 0 || source.indexOf(right, at + 1) >= 0) {
        throw new IllegalStateException("not there once in " + file + ": " + right);
      }
      Path copy = work.resolve("source").resolve(file.getFileName());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, source.replace(right, wrong));
      compile(copy, work.resolve("classes"));
    }
  }

  /**
   * Fails if a fault is not found.
   *
   * @param args a folder to work in; a target or {@code all}; seconds for each fault; inputs for
   *     each at most, or -1
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Path.of(args[0]).toAbsolutePath().resolve("planted");
    Path project = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    Bounds bounds = new Bounds(Long.parseLong(args[2]), Long.parseLong(args[3]), 1);
    int missed = 0;
    System.out.printf("%-10s %12s %9s  %-7s %s%n", "target", "inputs", "seconds", "", "fault");
    for (Fault fault : faults()) {
      if (!args[1].equals(ALL) && !args[1].equals(fault.target.lowerCaseName())) {
        continue;
      }
      Path folder = work.resolve(fault.name.replaceAll("[^a-z0-9]+", "-"));
      fault.plant(project, folder);
      Outcome outcome =
          new Search(fault.target, folder, List.of(folder.resolve("classes"))).run(bounds);
      missed += outcome.finding().isPresent() ? 0 : 1;
      System.out.printf(
          "%-10s %,12d %,9.1f  %-7s %s%n",
          fault.target.lowerCaseName(),
          outcome.inputs(),
          outcome.seconds(),
          verdict(outcome),
          fault.name);
    }
    if (missed > 0) {
      System.exit(1);
    }
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
