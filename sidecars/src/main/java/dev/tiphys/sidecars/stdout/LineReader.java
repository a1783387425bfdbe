package dev.tiphys.sidecars.stdout;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts bytes into lines, which end with LF or CRLF; the last one may lack that. */
public final class LineReader {
  private static final int BUFFER_BYTES = 8 << 10;

  private final InputStream in;
  private final LineBuffer line;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean cut;

  /**
   * @param maxLine how many bytes of a line are kept
   */
  public LineReader(InputStream in, int maxLine) {
    this.in = in;
    this.line = new LineBuffer(maxLine);
  }

  /** Waits for the next line; empty at the end. */
  public Optional<Line> next() throws IOException {
    while (fill()) {
      int end = newline();
      line.append(buffer, position, end);
      if (end < limit) {
        position = end + 1;
        return Optional.of(line.end());
      }
      position = limit;
    }
    cut = !line.isEmpty();
    return cut ? Optional.of(line.cut()) : Optional.empty();
  }

  /** Whether the line that was read last has no line end, for there was no more to read. */
  public boolean cut() {
    return cut;
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
}
