package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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
  private final List<Thread> threads = new ArrayList<>();

  @Test
  void whoAsksDuringAReadSharesTheNextOne() throws Exception {
    // Given
    FutureTask<Integer> first = asking();
    underWay.await();
    List<FutureTask<Integer>> others = IntStream.range(0, WAITING).mapToObj(n -> asking()).toList();
    while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }

    // When
    goOn.countDown();

    // Then: what was read before they asked is for nobody else, and the rest came at once
    assertThat(first.get()).isEqualTo(1);
    for (FutureTask<Integer> other : others) {
      assertThat(other.get()).isEqualTo(2);
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

  private FutureTask<Integer> asking() {
    FutureTask<Integer> task = new FutureTask<>(() -> shared.read("key", this::slowly));
    threads.add(Thread.ofPlatform().start(task));
    return task;
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
