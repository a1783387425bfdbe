package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that is not given back would be waited for, for ever. */
@Timeout(30)
class ApiStreamsTest {
  /** Of the API server, for one connection. */
  private static final int STREAMS = 100;

  @Test
  void makesWhatComesAtOnceWaitForAStream() throws Exception {
    // Given
    AtomicInteger underWay = new AtomicInteger();
    LongAccumulator most = new LongAccumulator(Math::max, 0);
    Callable<String> caller =
        () ->
            ApiStreams.call(
                () -> {
                  most.accumulate(underWay.incrementAndGet());
                  pause();
                  underWay.decrementAndGet();
                  return "answer";
                });
    // When
    List<Future<String>> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers = threads.invokeAll(Collections.nCopies(3 * STREAMS, caller));
    }
    // Then
    assertThat(answers).extracting(Future::resultNow).containsOnly("answer");
    assertThat(most.intValue()).isBetween(2, STREAMS);
  }

  @Test
  void freesTheStreamOfACallThatFails() {
    // Given
    for (int n = 0; n < STREAMS; n++) {
      assertThatThrownBy(
              () ->
                  ApiStreams.call(
                      () -> {
                        throw new KubernetesClientException("no");
                      }))
          .hasMessage("no");
    }
    // When, Then
    assertThat(ApiStreams.call(() -> "answer")).isEqualTo("answer");
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
