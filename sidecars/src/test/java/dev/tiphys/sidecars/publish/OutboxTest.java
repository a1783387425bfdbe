package dev.tiphys.sidecars.publish;

import static dev.tiphys.sidecars.publish.PublisherTest.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Outbox.Tally;
import io.cloudevents.core.data.BytesCloudEventData;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int BYTES = 10;
  private final Outbox outbox = new Outbox(limits(100, BYTES, Duration.ZERO), 0);

  @Test
  void dataBeyondTheBoundOfBytesWaitForRoom() throws Exception {
    // Given
    outbox.put(entry(6));
    AtomicBoolean put = new AtomicBoolean();
    Thread reader = Thread.startVirtualThread(() -> putUnchecked(6, put));
    Conditions.await(() -> reader.getState() == Thread.State.WAITING);
    assertThat(put).isFalse();
    // When
    outbox.take();
    // Then
    Conditions.await(put::get);
  }

  @Test
  void anEventLargerThanTheBoundWaitsAloneRatherThanForEver() throws Exception {
    // When
    outbox.put(entry(2 * BYTES));
    // Then
    assertThat(outbox.take()).hasValueSatisfying(e -> assertThat(e.number()).isEqualTo(1));
  }

  @Test
  void aReaderThatWaitsForRoomIsFreedByAStop() throws Exception {
    // Given
    outbox.put(entry(BYTES));
    AtomicBoolean put = new AtomicBoolean();
    Thread reader = Thread.startVirtualThread(() -> putUnchecked(BYTES, put));
    Conditions.await(() -> reader.getState() == Thread.State.WAITING);
    // When
    outbox.discard();
    // Then
    Conditions.await(put::get);
    assertThat(outbox.tally()).isEqualTo(new Tally(0, 2));
  }

  private void putUnchecked(int size, AtomicBoolean done) {
    try {
      outbox.put(entry(size));
      done.set(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Outbox.Entry entry(int size) {
    return new Outbox.Entry(new Emission(BytesCloudEventData.wrap(new byte[size])), Fixtures.NOW);
  }
}
