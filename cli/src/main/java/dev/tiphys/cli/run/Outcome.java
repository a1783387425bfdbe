package dev.tiphys.cli.run;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.run.Phase;
import java.time.Duration;

/**
 * What came of a run, as the shell and the user are told.
 *
 * @param phase {@code SUCCEEDED} or {@code FAILED}
 * @param message why it failed; empty otherwise
 */
record Outcome(int exitCode, Phase phase, String message) {
  static Outcome of(Ending ending, Phase phase, String message) {
    return switch (ending) {
      case Ending.Complete() when phase.unsuccessful() ->
          new Outcome(ExitCode.FAILED, phase, message);
      case Ending.Complete() -> new Outcome(ExitCode.OK, Phase.SUCCEEDED, "");
      case Ending.TimedOut(Duration limit) ->
          new Outcome(ExitCode.TIMEOUT, Phase.FAILED, "timed out after " + text(limit));
      case Ending.Interrupted() -> new Outcome(ExitCode.INTERRUPTED, Phase.FAILED, "interrupted");
      case Ending.Deleted() -> new Outcome(ExitCode.FAILED, Phase.FAILED, "deleted");
      case Ending.Rejected(String reason) ->
          new Outcome(ExitCode.INVALID, Phase.FAILED, "the run did not begin: " + reason);
    };
  }

  private static String text(Duration limit) {
    return limit.toString().substring("PT".length()).toLowerCase(java.util.Locale.ROOT);
  }
}
