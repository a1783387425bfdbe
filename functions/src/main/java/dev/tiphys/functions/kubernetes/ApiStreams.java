package dev.tiphys.functions.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2's streams to the API server, which has a hundred for a connection: what comes above, the
 * client fails at once, or tries again after longer and longer pauses. Here it waits for its turn.
 */
public final class ApiStreams {
  /** Some are left for watches and for calls that are made once. */
  private static final int MAX = 64;

  private static final Semaphore FREE = new Semaphore(MAX, true);

  private ApiStreams() {}

  /**
   * Calls when there is a stream for it.
   *
   * @throws KubernetesClientException also if interrupted meanwhile
   */
  public static <T extends @Nullable Object> T call(Supplier<T> call) {
    try {
      FREE.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
    try {
      return call.get();
    } finally {
      FREE.release();
    }
  }
}
