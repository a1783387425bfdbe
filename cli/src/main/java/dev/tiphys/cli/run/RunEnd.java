package dev.tiphys.cli.run;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.cli.run.view.PhaseText;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.cli.run.view.SummaryText;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.triggers.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells what came of a command's runs.
 *
 * @param runs all that have begun, in that order
 * @param dropped events that nobody was told of
 * @param accounts what was taken, and what of that is accounted for
 * @param lastLines what the failed instances of a run said last, by instance
 */
record RunEnd(
    List<RunView> runs,
    Ending ending,
    RunReport.Dropped dropped,
    RunReport.Accounts accounts,
    Function<String, SortedMap<String, List<String>>> lastLines) {
  private static final int LINE_LIMIT = 300;

  /** Failed instances whose last lines are shown. */
  private static final int SHOWN_FAILURES = 3;

  static RunEnd of(LocalRun run, Ending ending) {
    return new RunEnd(run.view().runs(), ending, run.dropped(), run.accounts(), run::lastLines);
  }

  /**
   * Prints how each ended, and what of it is for programs.
   *
   * @return the exit code
   */
  int tell(PrintWriter people, OutputFormat format, PrintWriter out) {
    Outcome outcome =
        Outcome.of(
            ending,
            runs.stream().map(RunView::phase).toList(),
            dropped.undelivered(),
            accounts.balanced());
    runs.forEach(run -> tell(people, run));
    if (runs.size() > 1) {
      people.println(SummaryText.of(runs));
    }
    if (unbegun()) {
      people.println(Escaped.text(outcome.message(), LINE_LIMIT));
    }
    if (dropped.undelivered() > 0) {
      people.println(
          "! events were lost: %,d deliveries had not ended %d s after the runs"
              .formatted(dropped.undelivered(), Drain.LIMIT.toSeconds()));
    }
    if (ending instanceof Ending.Complete && !accounts.balanced()) {
      people.println(
          "! the books do not balance: %,d events were taken, %,d are accounted for"
              .formatted(accounts.taken(), accounts.accounted()));
      accounts.lost().forEach(lost -> people.println("  " + lost));
    }
    failures().limit(SHOWN_FAILURES).forEach(failed -> tell(people, failed));
    people.flush();
    if (format == OutputFormat.JSON) {
      reports(outcome).map(Json::write).forEach(out::println);
      out.flush();
    }
    return outcome.exitCode();
  }

  private void tell(PrintWriter people, RunView run) {
    people.println(runs.size() > 1 ? SummaryText.named(run) : SummaryText.of(run));
    if (!run.message().isEmpty()) {
      people.println(Escaped.text(run.message(), LINE_LIMIT));
    }
  }

  private Stream<Map.Entry<String, List<String>>> failures() {
    return runs.stream()
        .filter(run -> run.phase().unsuccessful())
        .flatMap(run -> lastLines.apply(run.run()).entrySet().stream())
        .filter(failed -> !failed.getValue().isEmpty());
  }

  private static void tell(PrintWriter people, Map.Entry<String, List<String>> failed) {
    people.println(failed.getKey() + " said last:");
    failed.getValue().forEach(line -> people.println("  " + Escaped.text(line, LINE_LIMIT)));
  }

  /** Whether the run that was asked for, or any that was waited for, has not begun. */
  private boolean unbegun() {
    return runs.isEmpty() || ending instanceof Ending.Rejected;
  }

  private Stream<RunReport> reports(Outcome outcome) {
    Stream<RunReport> begun = runs.stream().map(this::report);
    return unbegun() ? Stream.concat(begun, Stream.of(unbegun(outcome))) : begun;
  }

  private RunReport report(RunView run) {
    SortedMap<String, Long> events = new TreeMap<>();
    run.events().forEach(count -> events.put(count.type(), count.total()));
    return new RunReport(
        run.run(),
        PhaseText.of(run.phase()),
        run.message(),
        RunReport.tallies(run.tasks()),
        run.missed(),
        run.fates(),
        events,
        run.elapsed().toMillis() / 1000.0,
        dropped,
        accounts);
  }

  /** Of a run that has no name, since there is none. */
  private RunReport unbegun(Outcome outcome) {
    Phase phase = outcome.exitCode() == ExitCode.INVALID ? Phase.ERROR : Phase.PENDING;
    return new RunReport(
        "",
        PhaseText.of(phase),
        outcome.message(),
        new TreeMap<>(),
        Missed.NONE,
        Fates.NONE,
        new TreeMap<>(),
        0,
        dropped,
        accounts);
  }
}
