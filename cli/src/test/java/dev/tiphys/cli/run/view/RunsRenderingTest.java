package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunsRenderingTest {
  @Test
  void drawsOneRunAsItsTree() {
    // When
    List<String> lines = lines(List.of(Views.coinflip()), 24);

    // Then
    assertThat(lines)
        .isEqualTo(
            TreeRendering.of(Views.coinflip(), 24).stream()
                .map(AttributedString::toString)
                .toList());
  }

  @Test
  @DisplayName("B3: draws every run whole as long as all fit")
  void drawsEveryRunAsLongAsAllFit() {
    // When
    List<String> lines =
        lines(List.of(Views.run("a", Phase.SUCCEEDED), Views.run("b", Phase.RUNNING)), 10);

    // Then
    assertThat(lines).hasSize(10).startsWith("a  Succeeded  2.3 s").contains("b  Running  2.3 s");
  }

  @Test
  @DisplayName("B3: where not all fit, those that have ended are counted and the others share")
  void countsWhatHasEndedWhereNotAllFit() {
    // Given
    List<RunView> runs = new ArrayList<>(runs(90, Phase.SUCCEEDED));
    runs.addAll(runs(9, Phase.FAILED));
    runs.addAll(runs(2, Phase.RUNNING));

    // When
    List<String> lines = lines(runs, 9);

    // Then
    assertThat(lines)
        .containsExactly(
            "… 99 ended: 90 Succeeded, 9 Failed",
            "Running-0  Running  2.3 s",
            "● coinflip",
            "  … 2 more",
            "events  coin 1,294 (310/s) · stopsignal 0",
            "Running-1  Running  2.3 s",
            "● coinflip",
            "  … 2 more",
            "events  coin 1,294 (310/s) · stopsignal 0");
  }

  @Test
  @DisplayName("B3: more active runs than lines are counted, too")
  void countsWhatDoesNotFit() {
    // When
    List<String> lines = lines(runs(100, Phase.RUNNING), 3);

    // Then
    assertThat(lines)
        .containsExactly(
            "Running-0  Running  2.3 s", "Running-1  Running  2.3 s", "… 98 more runs");
  }

  @Test
  void endsWithTheWarnings() {
    // When
    List<AttributedString> lines =
        RunsRendering.of(
            new RunsView(List.of(Views.coinflip()), List.of("1 event could not be used")), 20, 5);

    // Then
    assertThat(lines)
        .map(AttributedString::toString)
        .containsExactly(
            "coinflip-1  Running ",
            "● coinflip",
            "  … 2 more",
            "events  coin 1,294 (",
            "! 1 event could not ");
  }

  private static List<RunView> runs(int count, Phase phase) {
    return IntStream.range(0, count)
        .mapToObj(i -> Views.run(PhaseText.of(phase) + "-" + i, phase))
        .toList();
  }

  private static List<String> lines(List<RunView> runs, int height) {
    return RunsRendering.of(new RunsView(runs, List.of()), 100, height).stream()
        .map(AttributedString::toString)
        .toList();
  }
}
