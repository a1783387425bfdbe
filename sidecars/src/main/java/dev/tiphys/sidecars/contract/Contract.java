package dev.tiphys.sidecars.contract;

import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.EventSidecar;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sidecar gets, standard or custom. On a cluster it comes in the environment ({@link
 * Environment}), locally from the run.
 *
 * @param sink where to publish
 * @param eventType the CloudEvents type of all its events
 * @param labels further attributes to stamp; those that only the publisher sets are left out
 * @param overrides attributes of {@code K_CE_OVERRIDES}; they win over labels, never over what only
 *     the publisher sets
 */
public record Contract(
    URI sink,
    Origin origin,
    String eventType,
    SortedMap<String, String> labels,
    SortedMap<String, String> overrides,
    SigningKey key,
    Limits limits) {
  /**
   * Holds further attributes to the rules of CloudEvents.
   *
   * @throws IllegalArgumentException if one breaks them
   */
  public Contract {
    labels = allowed(labels);
    overrides = allowed(overrides);
  }

  /**
   * The contract of a sidecar of the Plan.
   *
   * @param broker where it publishes unless it names a sink of its own
   */
  public static Contract of(EventSidecar sidecar, URI broker, Origin origin, SigningKey key) {
    URI own = sidecar.common().sink();
    return new Contract(
        own == null ? broker : own,
        origin,
        sidecar.eventType(),
        sidecar.common().labels(),
        Collections.emptySortedMap(),
        key,
        Limits.DEFAULT);
  }

  /** Reads it from environment variables; all that is wrong with them is told at once. */
  public static Environment.Outcome fromEnvironment(Map<String, String> variables) {
    return Environment.read(variables);
  }

  /** The same with other bounds. */
  public Contract withLimits(Limits other) {
    return new Contract(sink, origin, eventType, labels, overrides, key, other);
  }

  /** The same with another place to publish to. */
  public Contract withSink(URI other) {
    return new Contract(other, origin, eventType, labels, overrides, key, limits);
  }

  private static SortedMap<String, String> allowed(SortedMap<String, String> attributes) {
    SortedMap<String, String> allowed = new TreeMap<>();
    attributes.forEach(
        (name, value) -> {
          if (!Stamps.reserved(name)) {
            Stamps.problem(name, value)
                .ifPresent(
                    problem -> {
                      throw new IllegalArgumentException(problem);
                    });
            allowed.put(name, value);
          }
        });
    return Collections.unmodifiableSortedMap(allowed);
  }
}
