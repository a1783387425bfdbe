package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.CountsText;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instance.Cause CAUSE =
      new Instance.Cause(new EventKey("/me", "1"), null, null);

  @Test
  @DisplayName("D5: a step that was stopped before it began is not counted as stopped")
  void countsNoStepThatNeverBegan() {
    // Given // When // Then
    assertThat(Tally.ZERO.with(stopped(false, null)).stopped()).isZero();
    assertThat(Tally.ZERO.with(stopped(true, null)).stopped()).isEqualTo(1);
  }

  @Test
  void countsAnEventWhoseTaskWasStoppedBeforeItBegan() {
    // Given // When // Then
    assertThat(Tally.ZERO.with(stopped(false, CAUSE)).stopped()).isEqualTo(1);
  }

  @Test
  @DisplayName("D8: reasons are summed up, one by one")
  void sumsReasonsUp() {
    // Given
    Tally one = Tally.ZERO.skip(SkipReason.CONDITION).skip(2, SkipReason.MISSING_FIELD);
    Tally other = Tally.ZERO.skip(SkipReason.MISSING_FIELD);

    // When
    Tally sum = one.plus(other);

    // Then
    assertThat(sum.skipped()).isEqualTo(4);
    assertThat(sum.reasons())
        .isEqualTo(Map.of(SkipReason.CONDITION, 1, SkipReason.MISSING_FIELD, 3));
    assertThat(CountsText.of(new TaskCounts(sum, 0, 0)))
        .isEqualTo("4 skipped (1 condition false, 3 field missing)");
  }

  @Test
  void saysNoReasonWhereItWasTheConditionAlone() {
    // Given // When // Then
    assertThat(CountsText.of(new TaskCounts(Tally.ZERO.skip(SkipReason.CONDITION), 0, 0)))
        .isEqualTo("1 skipped");
  }

  @Test
  void readsATallyThatGivesNoReasons() throws IOException {
    // Given
    String old = "{\"started\":1,\"succeeded\":1,\"failed\":0,\"stopped\":0,\"skipped\":2}";

    // When
    Tally tally = Json.mapper().readValue(old.getBytes(StandardCharsets.UTF_8), Tally.class);

    // Then
    assertThat(tally).isEqualTo(new Tally(1, 1, 0, 0, 2));
    assertThat(Json.write(tally)).isEqualTo(old);
  }

  private static Instance stopped(boolean started, Instance.@Nullable Cause cause) {
    return new Instance(
        new Instance.Identity("i", "workflow", "run", "main[0].task", "task", cause, 0),
        Instance.State.STOPPED,
        started,
        false,
        "stopped",
        Instant.EPOCH,
        0);
  }
}
