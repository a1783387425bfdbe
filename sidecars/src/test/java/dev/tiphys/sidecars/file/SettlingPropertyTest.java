package dev.tiphys.sidecars.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.FileWatch.Change;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to files, and whatever of it is notified, what is told adds up. */
class SettlingPropertyTest {
  private static final String[] PATHS = {"a", "b", "c", "d/a", "d/b"};
  private static final long SETTLE = 5;

  private final TreeMap<String, FileState> files = new TreeMap<>();
  private final TreeMap<String, FileState> mirror = new TreeMap<>();
  private long clock;
  private long next = 1;

  @Property
  void whatIsToldAddsUpToWhatIsThere(@ForAll long seed) throws Exception {
    // Given
    begin();
    Random random = new Random(seed);
    Settling settling = new Settling(new TreeMap<>(), SETTLE);
    boolean lost = false;
    // When
    for (int step = 0; step < 60; step++) {
      clock++;
      boolean notified = random.nextInt(8) > 0;
      lost |= !notified;
      change(random, notified ? settling : new Settling(new TreeMap<>(), SETTLE));
      if (random.nextInt(6) == 0) {
        tell(settling, false);
      }
    }
    if (lost) {
      scan(settling);
    }
    tell(settling, true);
    // Then
    assertThat(mirror).isEqualTo(files);
    assertThat(settling.size()).isEqualTo(files.size());
  }

  @Property
  void aNextLifeTellsNothingTwiceAndMissesNothing(@ForAll long seed) throws Exception {
    // Given
    begin();
    Random random = new Random(seed);
    TreeMap<String, Told> told = new TreeMap<>();
    // When
    for (int life = 0; life < 4; life++) {
      Settling settling = new Settling(told, SETTLE);
      scan(settling);
      for (int step = 0; step < 20; step++) {
        clock++;
        change(random, settling);
        tell(settling, false);
      }
    }
    Settling last = new Settling(told, SETTLE);
    scan(last);
    tell(last, true);
    // Then
    assertThat(mirror).isEqualTo(files);
  }

  @Example
  void filesThatWereRenamedInACircleAndDeletedAreGone() throws Exception {
    // Given
    begin();
    Settling settling = new Settling(new TreeMap<>(), SETTLE);
    for (String path : List.of("/v/a", "/v/b")) {
      files.put(path, new FileState(next++, next++, clock));
      settling.written(path, clock);
      settling.closed(path, clock);
    }
    tell(settling, true);
    // When
    settling.moved("/v/a", "/v/b", clock);
    settling.moved("/v/b", "/v/a", clock);
    settling.moved("/v/a", "/v/b", clock);
    files.clear();
    settling.deleted("/v/a", clock);
    settling.deleted("/v/b", clock);
    tell(settling, true);
    // Then
    assertThat(mirror).isEmpty();
  }

  /** One object of this class makes all tries. */
  private void begin() {
    files.clear();
    mirror.clear();
    clock = 0;
  }

  private void change(Random random, Settling settling) {
    String path = PATHS[random.nextInt(PATHS.length)];
    String other = PATHS[random.nextInt(PATHS.length)];
    switch (random.nextInt(4)) {
      case 0 -> {
        files.remove(path);
        settling.deleted(path, clock);
      }
      case 1 -> {
        if (files.containsKey(path) && !path.equals(other)) {
          files.put(other, Objects.requireNonNull(files.remove(path)));
          settling.moved(path, other, clock);
        }
      }
      default -> {
        FileState before = files.get(path);
        long inode = before == null ? next++ : before.inode();
        files.put(path, new FileState(inode, next++, clock));
        settling.written(path, clock);
        settling.closed(path, clock);
      }
    }
  }

  private void scan(Settling settling) {
    files.forEach((path, state) -> settling.seen(path, state, clock));
    settling.sawAll(Set.copyOf(files.keySet()), clock);
  }

  /** Each change has to fit what was told before: nothing is told twice. */
  private void tell(Settling settling, boolean last) throws IOException {
    while (settling.nextDue().filter(due -> last || due <= clock).isPresent()) {
      Unsettled taken = settling.take();
      Decision decision =
          settling.decide(
              taken,
              files.get(taken.path()),
              path -> Optional.ofNullable(files.get(path)),
              clock,
              last);
      if (decision instanceof Decision.Settled settled) {
        settled.changes().forEach(change -> mirror(change, settled));
      }
      settling.apply(decision);
    }
  }

  private void mirror(Change change, Decision.Settled settled) {
    String path = settled.path();
    switch (change) {
      case CREATE -> assertThat(mirror.put(path, state(settled))).isNull();
      case UPDATE ->
          assertThat(mirror.put(path, state(settled))).isNotNull().isNotEqualTo(state(settled));
      case DELETE -> assertThat(mirror.remove(path)).isNotNull();
      case RENAME -> {
        assertThat(mirror.remove(Objects.requireNonNull(settled.from()))).isNotNull();
        mirror.put(path, state(settled));
      }
      case CLOSE_WRITE -> assertThat(mirror).containsEntry(path, state(settled));
    }
  }

  private static FileState state(Decision.Settled settled) {
    return Objects.requireNonNull(settled.now()).state();
  }
}
