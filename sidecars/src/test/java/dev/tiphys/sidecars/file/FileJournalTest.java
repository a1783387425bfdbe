package dev.tiphys.sidecars.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.FileWatch.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  private static final Told TOLD = new Told(new FileState(1, 2, 3), true);

  @TempDir Path folder;

  @Test
  void keepsWhatWasToldAndWhatWasNotTaken() throws Exception {
    // Given
    FileJournal journal = FileJournal.open(folder, "files");
    journal.add(settled("a", null, TOLD), List.of(bytes("1"), bytes("2")));
    journal.add(settled("b", "a", TOLD), List.of(bytes("3")));
    journal.acknowledged(2);
    journal.acknowledged(1);
    journal.keep();
    // When
    FileJournal next = FileJournal.open(folder, "files");
    // Then
    assertThat(next.told()).containsOnlyKeys("b").containsValue(TOLD);
    assertThat(next.acknowledged()).isEqualTo(2);
    assertThat(next.pending()).containsExactly(bytes("3"));
  }

  @Test
  void leavesOutALineThatWasCut() throws Exception {
    // Given
    FileJournal journal = FileJournal.open(folder, "files");
    journal.add(settled("a", null, TOLD), List.of(bytes("1")));
    Files.writeString(
        folder.resolve("files.files.jsonl"), "{\"path\":\"b\",\"n", StandardOpenOption.APPEND);
    // When
    FileJournal next = FileJournal.open(folder, "files");
    next.add(settled("c", null, TOLD), List.of(bytes("2")));
    // Then
    assertThat(FileJournal.open(folder, "files").told()).containsOnlyKeys("a", "c");
  }

  @Test
  void staysSmallHoweverMuchIsTold() throws Exception {
    // Given
    FileJournal journal = FileJournal.open(folder, "files");
    // When
    for (int i = 1; i <= 50_000; i++) {
      journal.add(settled("a", null, i % 2 == 0 ? TOLD : null), List.of(bytes("" + i)));
      journal.acknowledged(i);
    }
    // Then
    assertThat(Files.size(folder.resolve("files.files.jsonl"))).isLessThan(2_000_000);
    assertThat(FileJournal.open(folder, "files").told()).containsOnlyKeys("a");
  }

  private static Decision.Settled settled(String path, @Nullable String from, @Nullable Told now) {
    return new Decision.Settled(path, from, now, List.of(Change.CREATE));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
