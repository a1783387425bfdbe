package dev.tiphys.sidecars.logs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest {
  private static final int MAX_LINE = 1_000;

  @TempDir Path pod;
  private Path folder = Path.of("");
  private RuntimeLog written = new RuntimeLog(folder);
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<Gap> gaps = Collections.synchronizedList(new ArrayList<>());
  private final List<Place> places = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void folderThatIsNotThereYet() {
    folder = pod.resolve("main");
    written = new RuntimeLog(folder);
  }

  @Test
  void waitsForALogThatIsNotThereYet() throws Exception {
    // Given
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    // When
    written.line("stdout", "heads");
    Conditions.await(() -> !lines.isEmpty());
    written.line("stdout", "tails");
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).containsExactly("heads", "tails");
  }

  @Test
  void losesNothingWhenTheLogIsRotatedManyTimes() throws Exception {
    // Given
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    // When
    for (int i = 0; i < 5; i++) {
      written.line("stdout", "a" + i);
      Path old = written.rotate();
      written.line("stdout", "b" + i);
      if (i % 2 == 0) {
        RuntimeLog.compress(old);
      }
    }
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).containsExactly("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
  }

  @Test
  void readsARotatedFileToItsEndBeforeTheNext() throws Exception {
    // Given
    written.line("stdout", "heads");
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    Conditions.await(() -> lines.size() == 1);
    // When
    Path old = written.rotate();
    Files.writeString(old, Files.readString(old).replace("heads", "late1"), APPEND);
    written.line("stdout", "tails");
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).containsExactly("heads", "late1", "tails");
  }

  @Test
  void goesOnWhereItWasThoughThatFileIsCompressedMeanwhile() throws Exception {
    // Given
    written.line("stdout", "1");
    written.line("stdout", "2");
    FileLog first = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> firstEnd = follow(first, Place.START);
    Conditions.await(() -> places.size() == 2);
    Path old = written.rotate();
    RuntimeLog.compress(old);
    written.line("stdout", "3");
    Place afterOne = places.getFirst();
    first.end();
    Fixtures.await(firstEnd);
    lines.clear();
    // When
    FileLog second = new FileLog(folder, MAX_LINE);
    second.end();
    Fixtures.await(follow(second, afterOne));
    // Then
    assertThat(lines).containsExactly("2", "3");
  }

  @Test
  void goesOnWithTheOldestFileWhenItsOwnIsGone() throws Exception {
    // Given
    written.line("stdout", "1");
    Place lost = new Place("2020-01-01T00:00:00.000000000Z", 500, 7, 0, 0, 7);
    FileLog log = new FileLog(folder, MAX_LINE);
    log.end();
    // When
    Fixtures.await(follow(log, lost));
    // Then
    assertThat(places).first().extracting(Place::stdout).isEqualTo(8L);
    assertThat(gaps)
        .singleElement()
        .extracting(Gap::after)
        .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
  }

  @Test
  void tellsOfTheFilesThatWereDeletedBeforeItsTurnCame() throws Exception {
    // Given: one who reads the first file until others have come and gone
    written.line("stdout", "1");
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    Conditions.await(() -> lines.size() == 1);
    // When
    Path away = Files.createDirectory(pod.resolve("elsewhere"));
    Files.move(folder.resolve("0.log"), away.resolve("first"));
    written.line("stdout", "2");
    Files.move(folder.resolve("0.log"), away.resolve("second"));
    written.line("stdout", "3");
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).endsWith("3");
    assertThat(gaps).isNotEmpty();
    assertThat(gaps.getLast().emission("stdout").data().toBytes())
        .asString()
        .contains("\"gap\":{\"after\":\"2026-01-02T03:04:05", "\"milliseconds\":0");
  }

  @Test
  void readsAFileThatSomebodyEmptiesFromItsBeginning() throws Exception {
    // Given
    written.line("stdout", "a long line that takes more room than the next");
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    Conditions.await(() -> lines.size() == 1);
    // When
    Files.write(folder.resolve("0.log"), new byte[0], TRUNCATE_EXISTING);
    written.line("stdout", "short");
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).last().isEqualTo("short");
    assertThat(gaps).hasSize(1);
  }

  @Test
  void tellsOfNoGapWhereAllWasRead() throws Exception {
    // Given
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    // When
    for (int i = 0; i < 20; i++) {
      written.line("stdout", "line " + i);
      RuntimeLog.compress(written.rotate());
    }
    written.line("stdout", "the last");
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).hasSize(21);
    assertThat(gaps).isEmpty();
  }

  @Test
  void endsWithoutALog() {
    // Given
    FileLog log = new FileLog(folder, MAX_LINE);
    CompletableFuture<Void> end = follow(log, Place.START);
    // When
    log.end();
    Fixtures.await(end);
    // Then
    assertThat(lines).isEmpty();
  }

  private CompletableFuture<Void> follow(FileLog log, Place from) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            log.follow(
                from,
                new Collected(
                    (output, line, number, resume) -> {
                      lines.add(line.content());
                      places.add(resume);
                    },
                    gaps));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
