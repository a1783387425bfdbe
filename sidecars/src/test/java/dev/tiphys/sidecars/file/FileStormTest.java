package dev.tiphys.sidecars.file;

import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many files are created, renamed and deleted, and each settled state is told once. {@code
 * -Dstorm.files=100000} makes it a storm; without it there are fewer.
 */
class FileStormTest {
  private static final int FILES = Integer.getInteger("storm.files", 4_000);
  private static final int PER_FOLDER = 100;

  @TempDir Path folder;
  @TempDir Path states;
  private final MirroringSink sink = new MirroringSink();
  private int lives;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void tellsEachStateOnce() throws Exception {
    // Given
    FileSidecar sidecar = start();
    // When
    create();
    sink.await(this::disk);
    rename();
    sink.await(this::disk);
    delete();
    boolean whole = sidecar.end(Fixtures.DEADLINE.multipliedBy(30));
    // Then
    assertThat(whole).isTrue();
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
    // Given
    start();
    // When: each time it is killed in the middle of telling what has happened
    create();
    sink.awaitPublished(FILES / 2);
    kill();
    start();
    sink.await(this::disk);
    rename();
    sink.awaitPublished(FILES + FILES / 2);
    kill();
    start();
    sink.awaitPublished(FILES + 3 * FILES / 4);
    kill();
    delete();
    boolean whole = start().end(Fixtures.DEADLINE.multipliedBy(30));
    // Then
    assertThat(whole).isTrue();
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

  private FileSidecar start() throws IOException {
    FileWatch watch = FileFixtures.watch(folder, FileWatch.ALL_STATES);
    return FileSidecar.start(
        FileFixtures.settings(watch, Files.createDirectories(state()), OnStop.DISCARD),
        sink.life(),
        surroundings());
  }

  /**
   * Nothing more of it comes through, and the next life has what its journal held at that moment; a
   * line of it may be half written.
   */
  private void kill() throws IOException {
    sink.kill();
    Path before = state();
    lives++;
    Files.createDirectories(state());
    try (Stream<Path> files = Files.list(before)) {
      for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith("l"))::iterator) {
        Files.copy(file, state().resolve(file.getFileName()));
      }
    }
  }

  private Path state() {
    return states.resolve("life-" + lives);
  }
}
