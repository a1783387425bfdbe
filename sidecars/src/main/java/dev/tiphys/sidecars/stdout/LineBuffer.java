package dev.tiphys.sidecars.stdout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One line as it comes, of which no more than a bound is kept. */
public final class LineBuffer {
  private static final int FIRST_BYTES = 256;

  private final int maxLine;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private long leftOut;
  private byte last;

  /**
   * @param maxLine how many bytes of a line are kept
   */
  public LineBuffer(int maxLine) {
    this.maxLine = maxLine;
  }

  /** Whether nothing of a line has come. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Adds bytes of the line, without its line feed. */
  public void append(byte[] from, int start, int end) {
    int offered = end - start;
    if (offered == 0) {
      return;
    }
    int kept = Math.min(offered, maxLine - length);
    if (length + kept > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(maxLine, Math.max(length + kept, 2 * bytes.length)));
    }
    System.arraycopy(from, start, bytes, length, kept);
    length += kept;
    leftOut += offered - kept;
    last = from[end - 1];
  }

  /** The line, ended by a line feed; the buffer is empty again. */
  public Line end() {
    stripCarriageReturn();
    return cut();
  }

  /** The line as far as it came; the buffer is empty again. */
  public Line cut() {
    boolean truncated = leftOut > 0;
    int end = truncated ? characterEnd() : length;
    Line line = new Line(new String(bytes, 0, end, StandardCharsets.UTF_8), truncated);
    length = 0;
    leftOut = 0;
    return line;
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

  /** Where the last whole character ends, so that the cut itself makes no U+FFFD. */
  private int characterEnd() {
    int start = length - 1;
    while (start > 0 && start > length - 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return start + characterBytes(bytes[start]) > length ? start : length;
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
