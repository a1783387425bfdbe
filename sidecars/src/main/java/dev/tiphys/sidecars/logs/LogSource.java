package dev.tiphys.sidecars.logs;

import java.io.IOException;

/** A container's log, wherever it is kept. */
sealed interface LogSource permits FileLog, ApiLog {
  /**
   * Hands on the log's lines as they come; returns at its end, which {@link #end} announces.
   *
   * @throws IOException if it cannot be read any further
   */
  void follow(Place from, LineSink sink) throws IOException, InterruptedException;

  /** Says that the container has ended: what is there is all that comes. */
  void end();
}
