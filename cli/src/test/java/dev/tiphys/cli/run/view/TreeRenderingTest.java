package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class TreeRenderingTest {
  @Test
  void drawsTheStepsAsATreeWithTheirCounts() {
    // When
    List<String> lines = lines(Views.coinflip(), 100, 24);

    // Then
    assertThat(lines)
        .containsExactly(
            "coinflip-1  Running  2.3 s",
            "● coinflip",
            "├ ● flip-coin  1 active",
            "└ ● heads      10 active, 43 queued, 37 succeeded, 1,204 skipped",
            "events  coin 1,294 (310/s) · stopsignal 0");
  }

  @Test
  void leavesOutWhatDoesNotFitTheTerminal() {
    // When
    List<String> lines = lines(Views.coinflip(), 20, 4);

    // Then
    assertThat(lines)
        .containsExactly(
            "coinflip-1  Running ", "● coinflip", "  … 2 more", "events  coin 1,294 (");
  }

  @Test
  void endsWithWarningsAndTheMessageWithoutItsControlCharacters() {
    // When
    List<String> lines = lines(Views.failed(), 100, 24);

    // Then
    assertThat(lines)
        .endsWith("! 1 event could not be used", "heads: heads-1 failed: \\u{1b}[31mexit code 1");
  }

  private static List<String> lines(RunView view, int width, int height) {
    return TreeRendering.of(view, width, height).stream().map(AttributedString::toString).toList();
  }
}
