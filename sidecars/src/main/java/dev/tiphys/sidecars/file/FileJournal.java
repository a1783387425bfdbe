package dev.tiphys.sidecars.file;

import dev.tiphys.triggers.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a file that survives the container, not the pod, so nothing is forced to the disk.
 * Each line is a JSON object; a last one that was cut is one that was never published. Now and then
 * the file is written anew, with what still counts.
 */
final class FileJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

  /** Fewer lines are not worth writing the file anew. */
  private static final int MIN_LINES = 10_000;

  private final Path file;
  private final TreeMap<String, Told> told = new TreeMap<>();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final Set<Long> early = new HashSet<>();
  private long acknowledged;
  private long written;
  private int lines;
  private Writer out;

  /** What there is of an earlier life is read. */
  private FileJournal(Path file) throws IOException {
    this.file = file;
    recover();
    out = rewrite();
  }

  /**
   * One line: what is told of a path, or how many events are acknowledged.
   *
   * @param now null: the path is gone
   * @param events data of the events that tell it, whose numbers follow those before
   */
  private record Line(
      @Nullable Long acknowledged,
      @Nullable String path,
      @Nullable String from,
      @Nullable Told now,
      List<byte[]> events) {
    private Line {
      events = List.copyOf(events);
    }

    static Line progress(long acknowledged, List<byte[]> events) {
      return new Line(acknowledged, null, null, null, events);
    }
  }

  /** The journal of a sidecar; it is begun if there is none. */
  static FileJournal open(Path folder, String container) throws IOException {
    return new FileJournal(folder.resolve(container + ".files.jsonl"));
  }

  /** What was told of each file. Who changes it has to {@link #add} it first. */
  NavigableMap<String, Told> told() {
    return told;
  }

  /** Number of the last event before the first that may not have been taken. */
  synchronized long acknowledged() {
    return acknowledged;
  }

  @Override
  public synchronized List<byte[]> pending() {
    return List.copyOf(waiting);
  }

  @Override
  public synchronized void add(Decision.Settled settled, List<byte[]> events) throws IOException {
    if (lines > Math.max(MIN_LINES, 2 * told.size())) {
      out.close();
      out = rewrite();
    }
    write(out, new Line(null, settled.path(), settled.from(), settled.now(), events));
    out.flush();
    waiting.addAll(events);
  }

  /** Says that the sink has the event of that number. */
  synchronized void acknowledged(long number) {
    early.add(number);
    while (early.remove(acknowledged + 1)) {
      acknowledged++;
      waiting.poll();
    }
  }

  /** Keeps what is acknowledged; until then the next life would publish it again. */
  synchronized void keep() throws IOException {
    if (acknowledged != written) {
      write(out, Line.progress(acknowledged, List.of()));
      out.flush();
      written = acknowledged;
    }
  }

  private void recover() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        recover(Json.read(line, Line.class));
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} ends early: {}", file, e.toString());
    }
  }

  private void recover(Line line) {
    if (line.acknowledged() != null) {
      while (acknowledged < line.acknowledged()) {
        acknowledged++;
        waiting.poll();
      }
    }
    if (line.from() != null) {
      told.remove(line.from());
    }
    if (line.path() != null && line.now() != null) {
      told.put(line.path(), line.now());
    } else if (line.path() != null) {
      told.remove(line.path());
    }
    waiting.addAll(line.events());
  }

  private Writer rewrite() throws IOException {
    Path anew = file.resolveSibling(file.getFileName() + ".new");
    BufferedWriter writer = Files.newBufferedWriter(anew);
    lines = 0;
    write(writer, Line.progress(acknowledged, List.copyOf(waiting)));
    for (var entry : told.entrySet()) {
      write(writer, new Line(null, entry.getKey(), null, entry.getValue(), List.of()));
    }
    writer.flush();
    lines = 0;
    written = acknowledged;
    Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return writer;
  }

  private void write(Writer to, Line line) throws IOException {
    to.write(Json.write(line));
    to.write('\n');
    lines++;
  }
}
