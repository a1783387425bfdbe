package dev.tiphys.tests.fuzz;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One search by Jazzer, in a JVM of its own.
 *
 * @param work a folder for what it finds, new inputs among it
 * @param overlay classes that go before all others; none for the ones of the build
 */
record Search(Target target, Path work, List<Path> overlay) {
  /** Jazzer's code for a finding. */
  private static final int FOUND = 77;

  /** Where it is there, Jazzer looks for a test of JUnit's and not for a class with a method. */
  private static final String LAUNCHER = "junit-platform-launcher";

  private static final String CONNECTIONS =
      "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

  /** Looks at every step of every match, which takes longer than all that is searched. */
  private static final String EXPRESSIONS =
      "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks";

  private static final Pattern STATUS =
      Pattern.compile("#(\\d+)\\s+(\\w+)\\s+cov: (\\d+) ft: (\\d+).*");

  /** Said before the first input. */
  private static final String BEGIN = "INFO: seed corpus: ";

  private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: (\\d+)");
  private static final Pattern FINDING =
      Pattern.compile("== (?:Java Exception|libFuzzer crashing).*|==\\d+== ?ERROR: .*");

  /**
   * When it ends.
   *
   * @param seconds longest time
   * @param runs most inputs; negative: as many as there is time for
   * @param seed the same one makes the same choices; 0: another one each time
   */
  record Bounds(long seconds, long runs, int seed) {}

  /**
   * How it went.
   *
   * @param inputs how many were tried
   * @param seconds from the first of them
   * @param edges branches of the instrumented classes that were taken
   * @param coverage lines of the product
   * @param mutated whether the finding is not among the inputs that it began with
   * @param finding what was found; empty if nothing was
   */
  record Outcome(
      Target target,
      long inputs,
      double seconds,
      long edges,
      Coverage coverage,
      boolean mutated,
      Optional<String> finding) {
    long perSecond() {
      return Math.round(inputs / Math.max(seconds, 0.001));
    }
  }

  Outcome run(Bounds bounds) throws IOException, InterruptedException {
    Path grown = Files.createDirectories(work.resolve("corpus"));
    Process process = new ProcessBuilder(command(bounds, grown)).redirectErrorStream(true).start();
    Reading reading = new Reading();
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer log = Files.newBufferedWriter(work.resolve("jazzer.log"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.write(line + "\n");
        reading.line(line);
      }
    }
    int code = process.waitFor();
    if (code != 0 && code != FOUND && reading.finding.isEmpty()) {
      reading.finding.add("Jazzer ended with " + code + ", see " + work.resolve("jazzer.log"));
    }
    return reading.outcome(target, Coverage.in(report()));
  }

  private Path report() {
    return work.resolve("coverage.txt");
  }

  private List<String> command(Bounds bounds, Path grown) {
    String classPath =
        Stream.concat(
                overlay.stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)))
            .filter(entry -> !entry.contains(LAUNCHER))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-D" + FuzzedInput.GROWN + "=" + grown,
                "-D" + FuzzedInput.REPORT + "=" + report(),
                "-cp",
                classPath,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzedInput.class.getName(),
                "--target_args=" + target.lowerCaseName(),
                "--instrumentation_includes=" + String.join(":", target.instrumented()),
                "--custom_hook_includes=dev.tiphys.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-print_final_stats=1",
                "-use_value_profile=" + (target.comparesValues() ? 1 : 0),
                "-timeout=60",
                "-seed=" + bounds.seed(),
                "-max_len=" + target.maxBytes(),
                "-max_total_time=" + bounds.seconds(),
                "-runs=" + bounds.runs()));
    command.add("--disabled_hooks=" + EXPRESSIONS + (target.connects() ? ":" + CONNECTIONS : ""));
    Corpus corpus = Corpus.of(target);
    if (Files.exists(corpus.dictionary())) {
      command.add("-dict=" + corpus.dictionary());
    }
    command.add(grown.toString());
    command.add(corpus.folder().toString());
    return command;
  }

  /** What Jazzer says, line by line. */
  private static final class Reading {
    private final List<String> finding = new ArrayList<>();
    private long inputs;
    private long edges;
    private long begun = System.nanoTime();
    private long ended = begun;
    private boolean initialized;
    private boolean inFinding;

    void line(String line) {
      Matcher status = STATUS.matcher(line);
      if (status.matches()) {
        inputs = Math.max(inputs, Long.parseLong(status.group(1)));
        edges = Math.max(edges, Long.parseLong(status.group(3)));
        initialized = initialized || status.group(2).equals("INITED");
      } else if (line.startsWith(BEGIN)) {
        begun = System.nanoTime();
      }
      Matcher executed = EXECUTED.matcher(line);
      if (executed.matches()) {
        inputs = Long.parseLong(executed.group(1));
        ended = System.nanoTime();
      }
      inFinding = inFinding ? !line.startsWith("\tat ") : FINDING.matcher(line).matches();
      if (inFinding) {
        finding.add(line);
      }
    }

    Outcome outcome(Target target, Coverage coverage) {
      double seconds = Duration.ofNanos(ended - begun).toMillis() / 1e3;
      return new Outcome(
          target,
          inputs,
          seconds,
          edges,
          coverage,
          initialized,
          finding.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", finding)));
    }
  }
}
