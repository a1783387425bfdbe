package dev.tiphys.cli.run.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One output of a process as a file: its first {@value #LIMIT} bytes, and a note where the rest was
 * left out. Remembers the last lines too. The file appears with the first byte.
 */
final class BoundedLog extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedLog.class);

  /** Bytes kept in the file. */
  static final int LIMIT = 1 << 20;

  private static final int TAIL = 2048;
  private static final byte[] NOTE =
      "\n[tiphys: the rest is left out]\n".getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final byte[] tail = new byte[TAIL];
  private long written;
  private @Nullable OutputStream out;
  private boolean cut;
  private boolean closed;

  BoundedLog(Path file) {
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = Math.max(0, length - TAIL); i < length; i++) {
      tail[(int) ((written + i) % TAIL)] = bytes[offset + i];
    }
    int room = Math.clamp(LIMIT - written, 0, length);
    if (room > 0 && !closed) {
      file().write(bytes, offset, room);
    }
    if (room < length && !cut && !closed) {
      cut = true;
      file().write(NOTE);
    }
    written += length;
  }

  /** The last lines of the output, at most so many; the first of them may lack its beginning. */
  synchronized List<String> lastLines(int limit) {
    int length = (int) Math.min(written, TAIL);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = tail[(int) ((written - length + i) % TAIL)];
    }
    List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\\R"));
    List<String> told = lines.stream().filter(line -> !line.isBlank()).toList();
    return told.subList(Math.max(0, told.size() - limit), told.size());
  }

  /** From now on nothing more is written. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      LOG.debug("{} may lack its end", file, e);
    }
  }

  private OutputStream file() throws IOException {
    if (out == null) {
      out = Files.newOutputStream(file);
    }
    return out;
  }
}
