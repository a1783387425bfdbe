package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ApiHealthTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asksOnceASecondHoweverOftenItIsAsked() {
    // Given
    ApiHealth health = new ApiHealth(asked::incrementAndGet, now::get);

    // When
    List<Boolean> well = new ArrayList<>();
    for (int half = 0; half < 3; half++) {
      well.add(health.getAsBoolean());
      now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    }

    // Then
    assertThat(well).containsExactly(true, true, true);
    assertThat(asked).hasValue(2);
  }

  @Test
  void isIllAsSoonAsTheApiServerDoesNotAnswer() {
    ApiHealth health =
        new ApiHealth(
            () -> {
              throw new IllegalStateException("no answer");
            },
            now::get);

    assertThat(health.getAsBoolean()).isFalse();
  }
}
