package dev.tiphys.cli.run;

import java.time.Duration;

/** How watching runs came to its end. */
public sealed interface Ending {
  /** All are complete. */
  record Complete() implements Ending {}

  /** It took too long. */
  record TimedOut(Duration limit) implements Ending {}

  /** The user wanted no more of it. */
  record Interrupted() implements Ending {}

  /** Somebody deleted it. */
  record Deleted() implements Ending {}

  /** It never began. */
  record Rejected(String reason) implements Ending {}
}
