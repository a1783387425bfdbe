package dev.tiphys.cli.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Text line by line. */
final class Lines {
  /** A longer line is passed on in parts, so that none fills the memory. */
  static final int MAX_CHARS = 1 << 18;

  private Lines() {}

  /** Passes each line on, until the text ends or is cut off. */
  static void each(InputStream text, Consumer<String> line) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    StringBuilder part = new StringBuilder();
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if (c == '\n' || part.length() == MAX_CHARS) {
        line.accept(part.toString());
        part.setLength(0);
      }
      if (c != '\n') {
        part.append((char) c);
      }
    }
    if (!part.isEmpty()) {
      line.accept(part.toString());
    }
  }
}
