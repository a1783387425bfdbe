package dev.tiphys.sidecars.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Life;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million lines, in files that are rotated and compressed, through a watcher of little memory
 * that is killed again and again: each is published under its own number, none lacks, and a life
 * publishes in order.
 */
@Tag("storm")
class LineStormTest {
  private static final int LINES = 1_000_000;
  private static final int LINES_PER_FILE = 70_000;

  /** Events after which each life but the last is killed. */
  private static final List<Integer> KILLS = List.of(1, 90_000, 150_000, 33, 250_000);

  @TempDir Path folder;
  private final BitSet seen = new BitSet(LINES + 1);
  private boolean marked;
  private long before;

  @Test
  void everyLineIsPublishedInOrderUnderItsNumberThoughTheWatcherIsKilled() throws Exception {
    // Given
    write();
    // When
    for (int events : KILLS) {
      live(events);
    }
    live(Integer.MAX_VALUE);
    // Then
    assertThat(seen.cardinality()).isEqualTo(LINES);
    assertThat(seen.nextClearBit(1)).isEqualTo(LINES + 1);
    assertThat(marked).isTrue();
  }

  /** As the runtime and the kubelet do, but that nothing is deleted. */
  private void write() throws IOException {
    Path log = Files.createDirectories(folder.resolve("log/main"));
    for (int first = 1; first <= LINES; first += LINES_PER_FILE) {
      int last = Math.min(LINES, first + LINES_PER_FILE - 1);
      Path file = log.resolve(last == LINES ? "0.log" : "0.log." + first);
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int line = first; line <= last; line++) {
          out.write(
              "2026-01-02T03:%02d:%02d.%09dZ stdout F line %d of the storm%n"
                  .formatted(line / 60_000, line / 1_000 % 60, line % 1_000, line));
        }
      }
      if (last < LINES && first / LINES_PER_FILE % 2 == 0) {
        RuntimeLog.compress(file);
      }
    }
  }

  /** One life, which is killed after so many events, or ends by itself. */
  private void live(int events) throws Exception {
    before = 0;
    try (Life life = Life.begin(LineStormLife.class, 32, folder.toString())) {
      int taken = 0;
      while (taken < events && life.next(this::take)) {
        taken++;
      }
      if (events == Integer.MAX_VALUE) {
        assertThat(life.exitCode()).isZero();
      } else {
        assertThat(taken).as("the life did not end by itself").isEqualTo(events);
      }
    }
  }

  private void take(long number, String data) {
    if (data.isEmpty()) {
      marked = true;
      return;
    }
    assertThat(data).contains("\"content\":\"line " + number + " of the storm\"");
    assertThat(before == 0 || number == before + 1).as("after " + before).isTrue();
    seen.set((int) number);
    before = number;
  }
}
