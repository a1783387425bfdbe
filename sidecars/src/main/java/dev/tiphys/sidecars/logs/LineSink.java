package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.stdout.Line;

/** Takes a log's lines in their order. */
interface LineSink {
  /**
   * Takes a line; waits while there is no room for it.
   *
   * @param number counts the lines of that output from 1
   * @param resume where reading may begin again once this line is published; it can be before the
   *     line, when another one was begun before it
   */
  void line(Output output, Line line, long number, Place resume) throws InterruptedException;

  /**
   * Says that lines may lack here, as the log was thrown away faster than it was read.
   *
   * @param resume as of the next line
   */
  void gap(Gap gap, Place resume) throws InterruptedException;
}
