package dev.tiphys.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and writes what they found. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Measures, prints the table, and writes it if nothing was left out or cut short.
   *
   * @param args the file to write, then options of JMH, if any: with them nothing is written
   */
  public static void main(String[] args)
      throws IOException, RunnerException, CommandLineOptionException {
    String[] options = Arrays.copyOfRange(args, 1, args.length);
    String table = BenchmarkTable.of(Measured.in(run(options)));
    System.out.println(table);
    if (options.length == 0) {
      Files.writeString(Path.of(args[0]), table);
    }
  }

  private static Collection<RunResult> run(String... args)
      throws RunnerException, CommandLineOptionException {
    Options options =
        new OptionsBuilder().parent(new CommandLineOptions(args)).shouldFailOnError(true).build();
    return new Runner(options).run();
  }
}
