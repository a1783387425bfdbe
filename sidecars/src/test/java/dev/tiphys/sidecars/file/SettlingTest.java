package dev.tiphys.sidecars.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.FileWatch.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final long SETTLE = 100;

  private final Map<String, FileState> files = new HashMap<>();
  private final Settling settling = new Settling(new TreeMap<>(), SETTLE);
  private final List<String> told = new ArrayList<>();

  @Test
  void tellsOfANewFileOnceItHasBeenLeftAlone() throws Exception {
    // Given
    files.put("a", new FileState(1, 0, 0));
    settling.written("a", 0);
    files.put("a", new FileState(1, 5, 1));
    settling.written("a", 60);
    // When
    Optional<Long> due = settling.nextDue();
    tellAll();
    // Then
    assertThat(due).contains(160L);
    assertThat(told).containsExactly("CREATE a 5");
  }

  @Test
  void tellsOfNothingThatDidNotLast() throws Exception {
    // Given
    settling.written("a", 0);
    settling.deleted("a", 10);
    settling.written("b", 20);
    // When
    tellAll();
    // Then
    assertThat(told).isEmpty();
    assertThat(settling.size()).isZero();
  }

  @Test
  void tellsOfNewContentWithItsClosing() throws Exception {
    // Given
    known("a", 1);
    files.put("a", new FileState(1, 7, 2));
    settling.written("a", 0);
    settling.closed("a", 1);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactly("UPDATE a 7", "CLOSE_WRITE a 7");
  }

  @Test
  void tellsOfTheClosingWhenItComes() throws Exception {
    // Given
    files.put("a", new FileState(1, 5, 1));
    settling.written("a", 0);
    tellAll();
    // When
    settling.closed("a", 500);
    tellAll();
    settling.closed("a", 900);
    tellAll();
    // Then
    assertThat(told).containsExactly("CREATE a 5", "CLOSE_WRITE a 5");
  }

  @Test
  void knowsARenamedFileAgainThoughItWasWrittenToSince() throws Exception {
    // Given
    known("a", 1);
    files.remove("a");
    files.put("b", new FileState(1, 9, 9));
    settling.moved("a", "b", 0);
    settling.written("b", 50);
    settling.closed("b", 60);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactly("RENAME b 9 < a", "CLOSE_WRITE b 9");
  }

  @Test
  void knowsAFileAgainThatHadOtherNamesMeanwhile() throws Exception {
    // Given
    known("a", 1);
    files.put("c", Objects.requireNonNull(files.remove("a")));
    settling.moved("a", "b", 0);
    settling.moved("b", "c", 1);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactly("RENAME c 1 < a");
  }

  @Test
  void tellsOfTheDeletionOfAFileThatWasRenamedFirst() throws Exception {
    // Given
    known("a", 1);
    files.remove("a");
    settling.moved("a", "b", 0);
    settling.deleted("b", 1);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactly("DELETE a");
  }

  @Test
  void knowsAnUnchangedFileAgainInAScan() throws Exception {
    // Given
    known("a", 1);
    files.put("b", Objects.requireNonNull(files.remove("a")));
    // When
    scan();
    tellAll();
    // Then
    assertThat(told).containsExactly("RENAME b 1 < a");
  }

  @Test
  void takesAnInodeThatIsUsedAgainForAnotherFile() throws Exception {
    // Given
    known("a", 1);
    files.remove("a");
    files.put("b", new FileState(1, 77, 77));
    settling.touched("a", 0);
    settling.closed("b", 0);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactlyInAnyOrder("DELETE a", "CREATE b 77", "CLOSE_WRITE b 77");
  }

  @Test
  void waitsForAFileThatIsNotAsTheScanSawIt() throws Exception {
    // Given
    settling.seen("a", new FileState(1, 1, 1), 0);
    files.put("a", new FileState(1, 2, 2));
    // When
    Decision decision = settling.decide(settling.take(), files.get("a"), this::look, 100, false);
    // Then
    assertThat(decision).isInstanceOf(Decision.Later.class);
  }

  @Test
  void forgetsNoDeletionThatComesWhileTheFileIsLookedAt() throws Exception {
    // Given
    files.put("a", new FileState(1, 1, 1));
    settling.closed("a", 0);
    Unsettled taken = settling.take();
    Decision decision = settling.decide(taken, files.remove("a"), this::look, 100, false);
    settling.deleted("a", 110);
    settling.apply(decision);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactly("DELETE a");
  }

  @Test
  void looksAtAllBelowAFolderThatHasGone() throws Exception {
    // Given
    known("in/a", 1);
    known("in/b", 2);
    known("inside", 3);
    files.clear();
    settling.folderGone("in", 0);
    // When
    tellAll();
    // Then
    assertThat(told).containsExactly("DELETE in/a", "DELETE in/b");
  }

  private void known(String path, int inode) throws IOException {
    files.put(path, new FileState(inode, inode, inode));
    settling.closed(path, 0);
    tellAll();
    told.clear();
  }

  private void scan() {
    files.forEach((path, state) -> settling.seen(path, state, 0));
    settling.sawAll(Set.copyOf(files.keySet()), 0);
  }

  private void tellAll() throws IOException {
    for (int looks = 0; settling.nextDue().isPresent(); looks++) {
      assertThat(looks).isLessThan(1_000);
      Unsettled taken = settling.take();
      Decision decision =
          settling.decide(taken, files.get(taken.path()), this::look, 10_000, false);
      if (decision instanceof Decision.Settled settled) {
        settled.changes().forEach(change -> told.add(text(change, settled)));
      }
      settling.apply(decision);
    }
  }

  private Optional<FileState> look(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static String text(Change change, Decision.Settled settled) {
    Told now = settled.now();
    return change
        + " "
        + settled.path()
        + (now == null ? "" : " " + now.state().size())
        + (change == Change.RENAME ? " < " + settled.from() : "");
  }
}
