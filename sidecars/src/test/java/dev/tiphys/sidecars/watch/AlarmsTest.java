package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.event.EventTypes;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final Instant DUE = Instant.parse("2026-01-02T03:05:00Z");
  private static final WatchedRun RUN = Sample.waking("coinflip-1", "Running", DUE);

  private final List<CloudEvent> told = new ArrayList<>();
  private final Alarms alarms = new Alarms();
  private boolean full;

  private final Outlet outlet =
      new Outlet() {
        @Override
        public boolean offer(WatchedRun run, Message message) {
          return !full && told.add(message.signed(Fixtures.keys()));
        }

        @Override
        public void close(String run) {}
      };

  @Test
  void wakesARunAtItsTimeAndNotBefore() {
    // When
    ring(RUN, DUE.minusMillis(1));
    assertThat(told).isEmpty();
    ring(RUN, DUE);
    ring(RUN, DUE.plusSeconds(1));
    // Then
    assertThat(told).extracting(CloudEvent::getType).containsExactly(EventTypes.RUN_CHANGED);
  }

  @Test
  void wakesItAgainWhileThatHasChangedNothing() {
    // Given
    ring(RUN, DUE);
    // When
    ring(RUN, DUE.plusSeconds(30));
    // Then
    assertThat(told).hasSize(2);
  }

  @Test
  void wakesItForTheNextTime() {
    // Given
    ring(RUN, DUE);
    // When
    ring(Sample.waking("coinflip-1", "Running", DUE.plusSeconds(1)), DUE.plusSeconds(1));
    // Then
    assertThat(told).hasSize(2);
  }

  @Test
  void wakesItLaterIfTooMuchWaitsToBeTold() {
    // Given
    full = true;
    ring(RUN, DUE);
    // When
    full = false;
    ring(RUN, DUE.plusSeconds(1));
    // Then
    assertThat(told).hasSize(1);
  }

  @Test
  void letsARunSleepThatIsOver() {
    // When
    ring(Sample.waking("coinflip-1", "Succeeded", DUE), DUE);
    // Then
    assertThat(told).isEmpty();
  }

  private void ring(WatchedRun run, Instant now) {
    alarms.ring(List.of(run), now, outlet);
  }
}
