package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TreeRenderingTest {
  @Test
  void drawsTheStepsAsATreeWithTheirCounts() {
    // When
    List<String> lines = lines(Views.coinflip(), 24);

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
    List<String> lines = lines(Views.coinflip(), 4);

    // Then
    assertThat(lines)
        .containsExactly(
            "coinflip-1  Running  2.3 s",
            "● coinflip",
            "  … 2 more",
            "events  coin 1,294 (310/s) · stopsignal 0");
  }

  @Test
  void endsWithTheMessageWithoutItsControlCharacters() {
    // When
    List<String> lines = lines(Views.failed(), 24);

    // Then
    assertThat(lines).endsWith("heads: heads-1 failed: \\u{1b}[31mexit code 1");
  }

  @Test
  @DisplayName("B9: for what a task waits stands at its step, once")
  void saysForWhatAStepWaits() {
    // When
    List<String> lines = lines(Views.waiting("ImagePullBackOff x:1"), 24);

    // Then
    assertThat(lines)
        .containsExactly(
            "coinflip-1  Running  2.3 s",
            "● coinflip",
            "├ ● flip-coin  1 active  ImagePullBackOff x:1",
            "└ ● heads      10 active, 43 queued, 37 succeeded, 1,204 skipped");
  }

  @Test
  @DisplayName("E8: a refusal is shown whole, since what to do about it comes last")
  void e8ShowsARefusalWithItsHint() {
    // Given
    String refusal = "a pod is refused: " + "x".repeat(1_000) + "; compile with --logs=api";

    // When
    List<String> lines = lines(Views.failed(refusal), 24);

    // Then
    assertThat(lines).endsWith(refusal);
  }

  private static List<String> lines(RunView view, int height) {
    return TreeRendering.of(view, height).stream().map(AttributedString::toString).toList();
  }
}
