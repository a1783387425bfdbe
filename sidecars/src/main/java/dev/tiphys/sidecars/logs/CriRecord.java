package dev.tiphys.sidecars.logs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The head of a record of a container's log file, {@code TIME stdout|stderr TAGS CONTENT}, as the
 * Container Runtime Interface has it.
 *
 * @param time RFC 3339 with nanoseconds
 * @param partial whether the line goes on in the output's next record
 * @param content where the content begins
 */
record CriRecord(String time, Output output, boolean partial, int content) {
  private static final int FIELDS = 3;

  /** Reads it from the first bytes; empty if they are no such record. */
  static Optional<CriRecord> parse(byte[] bytes, int start, int end) {
    int[] ends = new int[FIELDS];
    int field = 0;
    for (int at = start; at < end && field < FIELDS; at++) {
      if (bytes[at] == ' ') {
        ends[field++] = at;
      }
    }
    if (field == FIELDS - 1) {
      // an empty line may lack the space before its content
      ends[field++] = end;
    }
    // a file is known by the time of its first record
    boolean noTime = ends[0] == start;
    if (field < FIELDS || noTime || ends[2] == ends[1] + 1) {
      return Optional.empty();
    }
    Output output =
        switch (text(bytes, ends[0] + 1, ends[1])) {
          case "stdout" -> Output.STDOUT;
          case "stderr" -> Output.STDERR;
          default -> Output.EITHER;
        };
    if (output == Output.EITHER) {
      return Optional.empty();
    }
    boolean partial = bytes[ends[1] + 1] == 'P';
    return Optional.of(
        new CriRecord(text(bytes, start, ends[0]), output, partial, Math.min(ends[2] + 1, end)));
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
  }
}
