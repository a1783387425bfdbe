package dev.tiphys.sidecars.proxy;

import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file whose first line is a passage, and each further line an entry. It survives the container,
 * not the pod, so nothing is forced to the disk. What follows the last line end was cut off by a
 * kill, and never acknowledged to anybody.
 */
final class FileJournal implements Journal {
  /** Above it, and twice what it began with, the file is written anew. */
  private static final long MAX_BYTES = 16L << 20;

  private final Path file;
  private final Path written;
  private @Nullable FileChannel channel;
  private long end;
  private long limit;

  private FileJournal(Path folder, String container) {
    this.file = folder.resolve(container + ".journal");
    this.written = folder.resolve(container + ".journal.tmp");
  }

  /** A journal, and what its entries came to. */
  record Opened(FileJournal journal, Passage passage) {}

  /**
   * Opens the journal of a container, with what earlier lives left.
   *
   * @throws IOException if the folder cannot be written to, or holds another's file of that name
   */
  static Opened open(
      Path folder, String container, @Nullable Aggregate aggregate, Collection<String> expected)
      throws IOException {
    FileJournal journal = new FileJournal(folder, container);
    Passage passage = read(journal.file, aggregate, expected);
    journal.begin(passage);
    return new Opened(journal, passage);
  }

  private static Passage read(Path file, @Nullable Aggregate aggregate, Collection<String> expected)
      throws IOException {
    List<String> lines =
        Files.exists(file) ? List.of(Files.readString(file).split("\n", -1)) : List.of();
    if (lines.size() < 2) {
      return new Passage(aggregate, expected, Passage.Kept.NOTHING);
    }
    Passage passage =
        new Passage(aggregate, expected, Json.read(lines.getFirst(), Passage.Kept.class));
    lines.subList(1, lines.size() - 1).forEach(line -> passage.apply(Json.read(line, Entry.class)));
    return passage;
  }

  /** Writes a file of the passage alone; who is killed meanwhile finds the old one. */
  private void begin(Passage passage) throws IOException {
    Files.writeString(written, Json.write(passage.kept()) + "\n");
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (channel != null) {
      channel.close();
    }
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    end = channel.size();
    limit = Math.max(MAX_BYTES, 2 * end);
  }

  @Override
  public void add(Entry entry, Passage passage) throws IOException {
    if (channel == null || end > limit) {
      begin(passage);
    }
    ByteBuffer line = ByteBuffer.wrap((Json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    long next = end;
    while (line.hasRemaining()) {
      next += Objects.requireNonNull(channel).write(line, next);
    }
    // what a failure has left half written is written over
    end = next;
  }
}
