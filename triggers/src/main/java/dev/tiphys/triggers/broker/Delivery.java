package dev.tiphys.triggers.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a delivery fails; Knative's DeliverySpec.
 *
 * @param retry how many further tries after the first
 * @param policy how the wait grows from try to try
 * @param backoffDelay the wait that it grows from
 * @param deadLetterSink where an event goes that was not taken; null: nowhere, it is logged
 */
public record Delivery(
    int retry,
    BackoffPolicy policy,
    Duration backoffDelay,
    Trigger.@Nullable Address deadLetterSink) {
  /** How waits grow. */
  public enum BackoffPolicy {
    /** {@code backoffDelay * n}. */
    LINEAR,
    /** {@code backoffDelay * 2^n}. */
    EXPONENTIAL
  }

  /** The wait before the n-th further try, n from 1. */
  public Duration delayBefore(int n) {
    return switch (policy) {
      case LINEAR -> backoffDelay.multipliedBy(n);
      case EXPONENTIAL -> backoffDelay.multipliedBy(1L << Math.min(n, 30));
    };
  }
}
