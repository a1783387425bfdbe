package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.Ending;
import dev.tiphys.cli.run.Interrupts;
import dev.tiphys.cli.run.LiveTree;
import dev.tiphys.cli.run.Painter;
import dev.tiphys.cli.run.PlainProgress;
import dev.tiphys.cli.run.Progress;
import dev.tiphys.cli.run.RunReport;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.cli.run.view.PhaseText;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.cli.run.view.RunsView;
import dev.tiphys.cli.run.view.SummaryText;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Plan;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run to its end. Unlike with a local run, an interrupt ends the watching alone.
 *
 * @param people where to print what is for them
 * @param out where to print the report
 */
record Watching(Cluster cluster, PrintWriter people, PrintWriter out, OutputFormat format) {
  /**
   * Shows what happens as it happens, then how it ended.
   *
   * @param limit how long to watch; null: to the end
   * @return the exit code
   */
  int watch(String run, Plan plan, @Nullable Duration limit, Map<String, String> environment)
      throws InterruptedException {
    PlainProgress plain = new PlainProgress(people);
    Progress progress =
        format == OutputFormat.JSON ? plain : LiveTree.open(environment).orElse(plain);
    Ending ending;
    try (progress;
        RunWatch watch = new RunWatch(cluster, run, progress::changed);
        Painter _ = new Painter(() -> RunsView.of(view(watch, plan)), progress);
        Interrupts _ = new Interrupts(watch::interrupt, watch::interrupt)) {
      ending = watch.await(limit);
    }
    return tell(run, ending, view(run, plan));
  }

  /**
   * Shows how it ended, and nothing before.
   *
   * @return the exit code
   */
  int await(String run, Plan plan, @Nullable Duration limit) throws InterruptedException {
    Ending ending;
    try (RunWatch watch = new RunWatch(cluster, run, instance -> {});
        Interrupts _ = new Interrupts(watch::interrupt, watch::interrupt)) {
      ending = watch.await(limit);
    }
    return tell(run, ending, view(run, plan));
  }

  private static Optional<RunView> view(RunWatch watch, Plan plan) {
    return watch.observed().flatMap(run -> run.view(plan, Instant.now()));
  }

  /** Asked for once more: of two watches one may be behind the other. */
  private Optional<RunView> view(String run, Plan plan) {
    return cluster
        .run(run)
        .map(found -> ObservedRun.of(found, cluster.pods(run).list().getItems()))
        .flatMap(found -> found.view(plan, Instant.now()));
  }

  private int tell(String run, Ending ending, Optional<RunView> view) {
    Phase phase = view.map(RunView::phase).orElse(Phase.PENDING);
    switch (ending) {
      case Ending.Complete() -> {
        view.ifPresent(it -> people.println(SummaryText.of(it)));
        view.map(RunView::message)
            .filter(message -> !message.isEmpty())
            .ifPresent(message -> people.println(Escaped.message(message)));
      }
      case Ending.TimedOut _, Ending.Interrupted _ ->
          people.println("the run goes on: tiphys watch " + run);
      case Ending.Deleted _ -> people.println("the run was deleted");
      case Ending.Rejected(String reason) -> people.println(reason);
    }
    people.flush();
    if (format == OutputFormat.JSON) {
      out.println(Json.write(report(run, phase, view)));
      out.flush();
    }
    return exitCode(ending, phase);
  }

  private static int exitCode(Ending ending, Phase phase) {
    return switch (ending) {
      case Ending.Complete() -> phase.unsuccessful() ? ExitCode.FAILED : ExitCode.OK;
      case Ending.TimedOut _ -> ExitCode.TIMEOUT;
      case Ending.Interrupted _ -> ExitCode.INTERRUPTED;
      case Ending.Deleted _ -> ExitCode.FAILED;
      case Ending.Rejected _ -> ExitCode.INVALID;
    };
  }

  private static RunReport report(String run, Phase phase, Optional<RunView> view) {
    return new RunReport(
        run,
        PhaseText.of(phase),
        view.map(RunView::message).orElse(""),
        view.map(it -> RunReport.tallies(it.tasks())).orElseGet(TreeMap::new),
        view.map(RunView::missed).orElse(Missed.NONE),
        view.map(RunView::fates).orElse(Fates.NONE),
        new TreeMap<>(),
        view.map(RunView::elapsed).orElse(Duration.ZERO).toMillis() / 1000.0,
        new RunReport.Dropped(0, 0, 0, new TreeMap<>()),
        RunReport.Accounts.NONE);
  }
}
