package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Unavailable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private static final int WAITING = 20;

  private final SharedReads<String, Integer> shared = new SharedReads<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch underWay = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void whoAsksDuringAReadSharesTheNextOne() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Given
      Future<Integer> first = threads.submit(() -> shared.read("key", this::slowly));
      underWay.await();
      CountDownLatch asked = new CountDownLatch(WAITING);
      List<Future<Integer>> others =
          IntStream.range(0, WAITING)
              .mapToObj(
                  n ->
                      threads.submit(
                          () -> {
                            asked.countDown();
                            return shared.read("key", this::slowly);
                          }))
              .toList();
      asked.await();

      // When
      TimeUnit.MILLISECONDS.sleep(50);
      goOn.countDown();

      // Then: what was read before they asked is for nobody else, and the rest came at once
      assertThat(first.get()).isEqualTo(1);
      for (Future<Integer> other : others) {
        assertThat(other.get()).isGreaterThan(1);
      }
      assertThat(reads.get()).isLessThan(WAITING);
    }
  }

  @Test
  void readsOneThingWhileAnotherIsBeingRead() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Given
      Future<Integer> slow = threads.submit(() -> shared.read("slow", this::slowly));
      underWay.await();

      // When
      int other = shared.read("other", key -> 42);

      // Then
      assertThat(other).isEqualTo(42);
      assertThat(slow.isDone()).isFalse();
      goOn.countDown();
    }
  }

  @Test
  void readsAgainAfterAReadThatFailed() {
    // Given
    assertThatThrownBy(
            () ->
                shared.read(
                    "key",
                    key -> {
                      throw new Unavailable("no answer");
                    }))
        .isInstanceOf(Unavailable.class)
        .hasMessage("no answer");

    // When
    int read = shared.read("key", key -> 1);

    // Then
    assertThat(read).isEqualTo(1);
  }

  private int slowly(String key) {
    int read = reads.incrementAndGet();
    underWay.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return read;
  }
}
