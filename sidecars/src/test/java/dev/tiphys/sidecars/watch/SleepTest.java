package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SleepTest {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration AFTER = Duration.ofSeconds(10);

  private final Deployed deployed = new Deployed();
  private final Sleep sleep = new Sleep(deployed, AFTER);

  @Test
  void fallsAsleepAfterAWhileOfIdleness() {
    // Given
    sleep.look(true, NOW);
    // When
    sleep.look(true, NOW.plus(AFTER));
    // Then
    assertThat(deployed.asleep).isTrue();
  }

  @Test
  void workInBetweenBeginsTheWhileAnew() {
    // Given
    sleep.look(true, NOW);
    sleep.look(false, NOW.plusSeconds(5));
    sleep.look(true, NOW.plusSeconds(6));
    // When
    sleep.look(true, NOW.plus(AFTER));
    // Then
    assertThat(deployed.asleep).isFalse();
  }

  @Test
  void staysAwakeForARunThatItHasNotSeenYet() {
    // Given
    deployed.needed = true;
    sleep.look(true, NOW);
    // When
    sleep.look(true, NOW.plus(AFTER));
    // Then
    assertThat(deployed.asleep).isFalse();
  }

  @Test
  void staysAwakeWhenItIsWokenWhileItLooks() {
    // Given
    deployed.wokenMeanwhile = true;
    sleep.look(true, NOW);
    // When
    sleep.look(true, NOW.plus(AFTER));
    // Then
    assertThat(deployed.asleep).isFalse();
  }

  private static final class Deployed implements Replicas {
    private int version = 1;
    private boolean needed;
    private boolean wokenMeanwhile;
    private boolean asleep;

    @Override
    public Optional<String> version() {
      return Optional.of(String.valueOf(version));
    }

    @Override
    public boolean needed() {
      version += wokenMeanwhile ? 1 : 0;
      return needed;
    }

    @Override
    public boolean toZero(String seen) {
      asleep = seen.equals(String.valueOf(version));
      return asleep;
    }
  }
}
