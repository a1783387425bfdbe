package dev.tiphys.cli.sidecar;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.DurationConverter;
import dev.tiphys.cli.options.NamedValues;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiphys sidecar check COMMAND...} or {@code --image IMAGE}. */
@Command(
    name = "check",
    description = {
      "Check whether a program or an image keeps the contract of event sidecars.",
      "It is started with the contract's environment against a sink that refuses some posts,",
      "killed, started again, ended by SIGTERM, and once more with a sink that goes away."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys sidecar check ./clock.py",
      "  tiphys sidecar check -e PERIOD=1 -- sh -c 'exec ./watch.sh'",
      "  tiphys sidecar check --image acme/watch:1",
      "",
      "Exit codes: 0 it keeps each rule, 1 it does not, 2 the call is wrong."
    })
final class SidecarCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The program and its arguments; with --image, arguments for it.")
  private List<String> words = List.of();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = {
        "An image to check instead, on the network of this machine.",
        "A container engine pulls it where it is not there."
      })
  private @Nullable String image;

  @Option(
      names = "--engine",
      paramLabel = "PROGRAM",
      description = "The container engine, which takes docker's commands (default: docker).")
  private @Nullable String engine;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      parameterConsumer = NamedValues.class,
      description = "A further environment variable. Can be given again and again.")
  private Map<String, String> variables = new TreeMap<>();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to wait for its events (default: 10s).")
  private Duration wait = Duration.ofSeconds(10);

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "From SIGTERM to SIGKILL (default: 10s).")
  private Duration grace = Duration.ofSeconds(10);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tiphys-check-");
    Trial trial = new Trial(candidate(), variables, folder, wait, grace);
    List<Finding> findings = findings(trial);
    PrintWriter out = spec.commandLine().getOut();
    switch (output) {
      case TEXT -> tell(findings, trial, out);
      case JSON -> out.println(Json.write(findings.stream().map(Finding::shown).toList()));
    }
    out.flush();
    return findings.stream().allMatch(Finding::kept) ? ExitCode.OK : ExitCode.FAILED;
  }

  private Candidate candidate() {
    if (image != null) {
      return new Candidate.Image(engine == null ? "docker" : engine, image, words);
    }
    if (engine != null) {
      throw new ParameterException(spec.commandLine(), "--engine runs an image: give --image");
    }
    if (words.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give a command to check, or --image");
    }
    return new Candidate.Program(words);
  }

  private List<Finding> findings(Trial trial) throws InterruptedException {
    try {
      Observed observed = trial.run();
      return Judgement.of(Trial.contract(Trial.SINK, Trial.UID), observed);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "%s cannot be started: %s%s"
              .formatted(
                  trial.candidate(),
                  e.getMessage(),
                  image == null ? " (for an image, give --image)" : ""));
    }
  }

  private static void tell(List<Finding> findings, Trial trial, PrintWriter out) {
    for (Finding finding : findings) {
      out.println((finding.kept() ? "kept      " : "violated  ") + finding.rule().text());
      finding.violations().forEach(violation -> out.println("            " + violation));
      if (!finding.kept()) {
        out.println("          " + finding.rule().remedy());
      }
    }
    if (!findings.stream().allMatch(Finding::kept)) {
      out.println("what it wrote to standard error: " + trial.log());
    }
  }
}
