package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DrainTest {
  @Test
  void waitsUntilNothingIsUnderWay() throws InterruptedException {
    // Given
    AtomicLong underWay = new AtomicLong(3);

    // When
    long left = Drain.await(underWay::getAndDecrement, Drain.LIMIT);

    // Then
    assertThat(left).isZero();
    assertThat(underWay).hasValue(-1);
  }

  @Test
  void saysWhatIsLeftWhenTheTimeIsUp() throws InterruptedException {
    assertThat(Drain.await(() -> 3, Duration.ofMillis(1))).isEqualTo(3);
  }
}
