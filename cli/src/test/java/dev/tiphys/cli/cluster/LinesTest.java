package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void passesOnEachLineAndWhatIsLeftWithoutAnEnd() throws IOException {
    assertThat(lines("eins\n\nzwölf\nhalb")).containsExactly("eins", "", "zwölf", "halb");
  }

  @Test
  void passesOnALineThatFillsTheMemoryInParts() throws IOException {
    assertThat(lines("x".repeat(Lines.MAX_CHARS + 1) + "\n"))
        .extracting(String::length)
        .containsExactly(Lines.MAX_CHARS, 1);
  }

  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    Lines.each(new ByteArrayInputStream(text.getBytes(UTF_8)), lines::add);
    return lines;
  }
}
