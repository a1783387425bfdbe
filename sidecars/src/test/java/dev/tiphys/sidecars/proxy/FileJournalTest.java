package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.proxy.Passage.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
  @TempDir Path folder;

  @Test
  void aNextLifeKnowsWhatWasWritten() throws Exception {
    // Given
    enter(open(), new Entry.Observed("1"), new Entry.Observed("2"), new Entry.Acknowledged(1));
    // When
    Passage passage = open().passage();
    // Then
    assertThat(passage.waiting()).containsExactly(new Result(2, "2"));
    assertThat(passage.acknowledged()).isEqualTo(1);
  }

  @Test
  void whatAKillHasCutOffNeverWas() throws Exception {
    // Given
    enter(open(), new Entry.Observed("1"));
    Files.writeString(file(), "{\"kind\":\"observed\",\"da", StandardOpenOption.APPEND);
    // When
    FileJournal.Opened second = open();
    enter(second, new Entry.Observed("2"));
    // Then
    assertThat(open().passage().waiting()).containsExactly(new Result(1, "1"), new Result(2, "2"));
  }

  @Test
  void theFileDoesNotGrowWithWhatIsOver() throws Exception {
    // Given
    FileJournal.Opened opened = open();
    String data = "x".repeat(1 << 20);
    // When
    for (int n = 1; n <= 40; n++) {
      enter(opened, new Entry.Observed(data), new Entry.Acknowledged(n));
    }
    // Then
    assertThat(Files.size(file())).isLessThan(20L << 20);
    assertThat(open().passage().kept().results()).isEqualTo(40);
  }

  private FileJournal.Opened open() throws IOException {
    return FileJournal.open(folder, "proxy", null, List.of());
  }

  private static void enter(FileJournal.Opened opened, Entry... entries) throws IOException {
    for (Entry entry : entries) {
      opened.journal().add(entry, opened.passage());
      opened.passage().apply(entry);
    }
  }

  private Path file() {
    return folder.resolve("proxy.journal");
  }
}
