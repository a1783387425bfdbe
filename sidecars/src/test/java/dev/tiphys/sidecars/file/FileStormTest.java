package dev.tiphys.sidecars.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Life;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many files are created, renamed and deleted under a process that watches them, and each
 * settled state is told once. {@code -Dstorm.files=100000} makes it a storm; without it there are
 * fewer.
 */
@Tag("scales")
class FileStormTest {
  private static final int FILES = Integer.getInteger("storm.files", 4_000);
  private static final int PER_FOLDER = 100;

  @TempDir Path folder;
  @TempDir Path state;
  @TempDir Path signs;
  private final MirroringSink sink = new MirroringSink();

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void tellsEachStateOnce() throws Exception {
    // When
    try (Watched life = new Watched()) {
      create();
      sink.await(this::disk);
      rename();
      sink.await(this::disk);
      delete();
      life.end();
    }
    // Then
    sink.assertConsistent();
    assertThat(sink.files()).isEmpty();
    assertThat(sink.kinds())
        .containsEntry("create", FILES)
        .containsEntry("rename", FILES)
        .containsEntry("delete", FILES);
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void tellsEachStateOnceThoughItIsKilledThreeTimes() throws Exception {
    // When: each time it is killed in the middle of telling what has happened
    try (Watched _ = new Watched()) {
      create();
      sink.awaitPublished(FILES / 2);
    }
    try (Watched _ = new Watched()) {
      sink.await(this::disk);
      rename();
      sink.awaitPublished(FILES + FILES / 2);
    }
    try (Watched _ = new Watched()) {
      sink.awaitPublished(FILES + 3 * FILES / 4);
    }
    delete();
    try (Watched life = new Watched()) {
      life.end();
    }
    // Then
    sink.assertConsistent();
    assertThat(sink.files()).isEmpty();
    assertThat(sink.kinds()).containsEntry("create", FILES).containsEntry("delete", FILES);
  }

  private void create() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path in = folder.resolve("d" + i / PER_FOLDER);
      if (i % PER_FOLDER == 0) {
        Files.createDirectory(in);
      }
      Files.writeString(in.resolve("f" + i), "");
    }
  }

  /** Every fourth folder as a whole, the files of the others one by one. */
  private void rename() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path in = folder.resolve("d" + i / PER_FOLDER);
      if (i / PER_FOLDER % 4 != 0) {
        Files.move(in.resolve("f" + i), in.resolve("g" + i));
      } else if (i % PER_FOLDER == 0) {
        Files.move(in, folder.resolve("e" + i / PER_FOLDER));
      }
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        Files.delete(file);
      }
    }
  }

  private Map<String, Long> disk() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).forEach(file -> files.put(file.toString(), 0L));
    }
    return files;
  }

  private Path ended() {
    return signs.resolve("ended");
  }

  /** A life of the sidecar, whose events go to the sink until it ends or is killed. */
  private final class Watched implements AutoCloseable {
    private final Life life;
    private final CompletableFuture<Void> reading;

    Watched() throws IOException {
      this.life =
          Life.begin(
              FileStormLife.class, 256, folder.toString(), state.toString(), ended().toString());
      this.reading = CompletableFuture.runAsync(this::read, Thread::startVirtualThread);
    }

    private void read() {
      try {
        while (life.next(sink::take)) {}
      } catch (IOException e) {
        // killed before it had its acknowledgement
      }
    }

    /** Says that the task has ended, and waits until all is told. */
    void end() throws Exception {
      Files.writeString(ended(), "");
      reading.join();
      assertThat(life.exitCode()).isZero();
    }

    @Override
    public void close() {
      life.close();
      reading.join();
    }
  }
}
