package dev.tiphys.cli.run;

import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.cli.run.view.PhaseText;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.cli.run.view.SummaryText;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Tells what came of a run that is over. */
record RunEnd(LocalRun run, Ending ending, boolean keep) {
  private static final int LINE_LIMIT = 300;

  /** Failed instances whose last lines are shown. */
  private static final int SHOWN_FAILURES = 3;

  /**
   * Prints the end of the run, and removes its folder if nothing in it is of use.
   *
   * @return the exit code
   */
  int tell(PrintWriter people, OutputFormat format, PrintWriter out) {
    Optional<RunView> view = run.view();
    Outcome outcome =
        Outcome.of(
            ending,
            view.map(RunView::phase).orElse(Phase.FAILED),
            view.map(RunView::message).orElse(""));
    view.ifPresent(it -> people.println(SummaryText.of(it, outcome.phase())));
    if (outcome.phase() == Phase.FAILED) {
      people.println(Escaped.text(outcome.message(), LINE_LIMIT));
      tellLastLines(people);
    }
    if (keep || outcome.phase() == Phase.FAILED) {
      people.println("folder  " + run.folder());
    } else {
      run.deleteFolder();
    }
    people.flush();
    if (format == OutputFormat.JSON) {
      out.println(Json.write(report(view, outcome)));
      out.flush();
    }
    return outcome.exitCode();
  }

  private void tellLastLines(PrintWriter people) {
    run.lastLines().entrySet().stream()
        .filter(failed -> !failed.getValue().isEmpty())
        .limit(SHOWN_FAILURES)
        .forEach(failed -> tellLastLines(people, failed.getKey(), failed.getValue()));
  }

  private static void tellLastLines(PrintWriter people, String instance, List<String> lines) {
    people.println(instance + " said last:");
    lines.forEach(line -> people.println("  " + Escaped.text(line, LINE_LIMIT)));
  }

  private RunReport report(Optional<RunView> view, Outcome outcome) {
    return new RunReport(
        view.map(RunView::run).orElse(""),
        PhaseText.of(outcome.phase()),
        outcome.message(),
        view.map(it -> RunReport.tallies(it.tasks())).orElseGet(TreeMap::new),
        run.eventTotals(),
        view.map(RunView::elapsed).orElse(Duration.ZERO).toMillis() / 1000.0,
        new RunReport.Dropped(run.unsigned(), run.loops(), run.unusable()));
  }
}
