package dev.tiphys.cli.run;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.run.Phase;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * What came of a command's runs, as the shell and the user are told.
 *
 * @param message why they came to no end by themselves; empty if they did
 */
record Outcome(int exitCode, String message) {
  /**
   * What came of it.
   *
   * @param runs the phases of those that have begun
   * @param undelivered how many deliveries had not ended in time
   * @param balanced whether all that was taken is accounted for
   */
  static Outcome of(Ending ending, Collection<Phase> runs, long undelivered, boolean balanced) {
    int exitCode =
        switch (ending) {
          case Ending.Complete() when runs.stream().anyMatch(Phase::unsuccessful) ->
              ExitCode.FAILED;
          case Ending.Complete() when undelivered > 0 -> ExitCode.UNDELIVERED;
          case Ending.Complete() -> balanced ? ExitCode.OK : ExitCode.UNACCOUNTED;
          case Ending.TimedOut _ -> ExitCode.TIMEOUT;
          case Ending.Interrupted _ -> ExitCode.INTERRUPTED;
          case Ending.Deleted _ -> ExitCode.FAILED;
          case Ending.Rejected _ -> ExitCode.INVALID;
        };
    return new Outcome(exitCode, why(ending));
  }

  /** Why runs ended that were not complete; empty if they were. */
  static String why(Ending ending) {
    return switch (ending) {
      case Ending.Complete() -> "";
      case Ending.TimedOut(Duration limit) -> "timed out after " + text(limit);
      case Ending.Interrupted() -> "interrupted";
      case Ending.Deleted() -> "deleted";
      case Ending.Rejected(String reason) -> "the run did not begin: " + reason;
    };
  }

  private static String text(Duration limit) {
    return limit.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
