package dev.tiphys.sidecars.stdout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Cuts bytes into lines, which end with LF or CRLF; the last one may lack that. */
final class LineReader {
  private static final int BUFFER_BYTES = 8 << 10;
  private static final int FIRST_LINE_BYTES = 256;

  private final InputStream in;
  private final int maxLine;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  private byte[] line = new byte[FIRST_LINE_BYTES];
  private int length;
  private long leftOut;
  private byte last;

  /**
   * @param maxLine how many bytes of a line are kept
   */
  LineReader(InputStream in, int maxLine) {
    this.in = in;
    this.maxLine = maxLine;
  }

  /** Waits for the next line; empty at the end. */
  Optional<Line> next() throws IOException {
    length = 0;
    leftOut = 0;
    while (fill()) {
      int end = newline();
      append(end);
      if (end < limit) {
        position = end + 1;
        stripCarriageReturn();
        return Optional.of(line());
      }
      position = limit;
    }
    return length == 0 ? Optional.empty() : Optional.of(line());
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return position < limit;
  }

  private int newline() {
    int at = position;
    while (at < limit && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private void append(int end) {
    int offered = end - position;
    if (offered == 0) {
      return;
    }
    int kept = Math.min(offered, maxLine - length);
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, Math.min(maxLine, Math.max(length + kept, 2 * line.length)));
    }
    System.arraycopy(buffer, position, line, length, kept);
    length += kept;
    leftOut += offered - kept;
    last = buffer[end - 1];
  }

  private void stripCarriageReturn() {
    if (last != '\r' || length == 0) {
      return;
    }
    if (leftOut > 0) {
      leftOut--;
    } else {
      length--;
    }
  }

  private Line line() {
    boolean truncated = leftOut > 0;
    int end = truncated ? characterEnd() : length;
    return new Line(new String(line, 0, end, StandardCharsets.UTF_8), truncated);
  }

  /** Where the last whole character ends, so that the cut itself makes no U+FFFD. */
  private int characterEnd() {
    int start = length - 1;
    while (start > 0 && start > length - 4 && (line[start] & 0xC0) == 0x80) {
      start--;
    }
    return start + characterBytes(line[start]) > length ? start : length;
  }

  private static int characterBytes(byte first) {
    return switch (Integer.numberOfLeadingZeros(~first << 24)) {
      case 2 -> 2;
      case 3 -> 3;
      case 4 -> 4;
      default -> 1;
    };
  }
}
