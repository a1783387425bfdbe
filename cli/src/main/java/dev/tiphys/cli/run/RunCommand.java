package dev.tiphys.cli.run;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.DurationConverter;
import dev.tiphys.cli.options.KafkaOptions;
import dev.tiphys.cli.options.NamedValues;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.source.WorkflowFile;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiphys run FILE}. */
@Command(
    name = "run",
    description = {
      "Run a workflow on this machine: its tasks as processes, its events in memory.",
      "Ends when a run has begun and all that have begun, by this command or by events, have ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys run coinflip.yaml",
      "  tiphys run train.yaml -p epochs=10 --timeout 5m",
      "",
      "Exit codes: 0 all runs Succeeded, 1 one Failed or ended in Error,",
      "            2 the file or the call is wrong, 75 events were not delivered in time,",
      "            76 not all events are accounted for,",
      "            124 timeout, 130 interrupted."
    })
public final class RunCommand implements Callable<Integer> {
  /** Environment variable: the folder below which the instances' folders are made. */
  private static final String WORK = "TIPHYS_WORK";

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Mixin private WorkflowFile file;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      parameterConsumer = NamedValues.class,
      description =
          "Value of a workflow parameter, for each run whose event does not set it. Can be given"
              + " again and again.")
  private Map<String, String> parameters = new TreeMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Stop all runs if it takes longer, like 30s or 5m.")
  private @Nullable Duration timeout;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "From SIGTERM to SIGKILL when a task is stopped (default: 10s).")
  private Duration grace = DEFAULT_GRACE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "text, or json: one object for each run at the end, a line each (default: text).")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(names = "--events", description = "Print each event.")
  private boolean events;

  @Option(
      names = "--keep",
      description =
          "Keep the folders of the instances. Those of failed runs, and of runs with dead letters,"
              + " are kept anyway.")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the broker on 127.0.0.1 (default: any free one).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Another name by which this machine's broker is reached, beside 127.0.0.1, localhost and"
              + " [::1]; requests for other hosts are refused. Can be given again and again.")
  private Set<String> names = new TreeSet<>();

  @Option(
      names = "--objects",
      paramLabel = "FOLDER",
      description =
          "Folder of manifests that stand for the objects of a cluster, for a workflow that"
              + " watches some: a file that appears, changes or goes is an object that does.")
  private @Nullable Path objects;

  @Option(
      names = "--allow-mount-paths",
      description =
          "Run tasks that name the mountPath of a volume, where this machine's own folder of that"
              + " name is, and not the volume.")
  private boolean allowMountPaths;

  @Mixin private LocalPubsubOptions pubsub;

  @Mixin private KafkaOptions kafka;

  @Override
  public Integer call() throws InterruptedException {
    Optional<Plan> plan = file.compile();
    return plan.isPresent() ? run(plan.get()) : ExitCode.INVALID;
  }

  private int run(Plan plan) throws InterruptedException {
    List<String> problems = new ArrayList<>(RunParameters.problems(plan, parameters));
    problems.addAll(LocalSidecars.problems(plan));
    if (!allowMountPaths) {
      problems.addAll(LocalVolumes.problems(plan, parameters));
    }
    ObjectsOption.problem(plan, objects).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw invalid(String.join("; ", problems));
    }
    Map<String, String> host = System.getenv();
    Progress progress = progress(host);
    try (LocalRun run = open(RunParameters.given(plan, parameters), host, progress)) {
      Ending ending = conduct(run, progress);
      int exitCode = RunEnd.of(run, ending).tell(people(), output, spec.commandLine().getOut());
      if (keep || exitCode != ExitCode.OK || run.deadLetters() > 0) {
        people().println("folder  " + run.folder());
        tellOfDeadLetters(run);
        people().flush();
      } else {
        run.deleteFolder();
      }
      return exitCode;
    }
  }

  /** They are why a folder stays that else would go. */
  private void tellOfDeadLetters(LocalRun run) {
    if (run.deadLetters() > 0) {
      people()
          .println(
              "! %,d could not be used (dead letters): tiphys dead-letters list --folder %s"
                  .formatted(run.deadLetters(), run.folder()));
    }
  }

  private Ending conduct(LocalRun run, Progress progress) throws InterruptedException {
    try (progress) {
      return new RunSession(run, progress).conduct(parameters, timeout);
    }
  }

  private LocalRun open(Plan plan, Map<String, String> host, Progress progress) {
    Path work = Path.of(host.getOrDefault(WORK, System.getProperty("java.io.tmpdir")));
    try {
      return LocalRun.open(
          plan,
          new LocalRun.Settings(work, keep, port, grace, host, objects, names),
          pubsub.with(kafka),
          new ProgressListener(progress, events));
    } catch (IOException | IllegalArgumentException e) {
      throw invalid("cannot set up the run: " + e.getMessage());
    }
  }

  private Progress progress(Map<String, String> host) {
    PlainProgress plain = new PlainProgress(people());
    return output == OutputFormat.JSON || events ? plain : LiveTree.open(host).orElse(plain);
  }

  /** Where to print what is for people. */
  private PrintWriter people() {
    return output == OutputFormat.JSON ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private ParameterException invalid(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
