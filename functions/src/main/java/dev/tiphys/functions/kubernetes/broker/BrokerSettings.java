package dev.tiphys.functions.kubernetes.broker;

import java.time.Duration;

/**
 * What bounds a broker's use of the API server.
 *
 * @param namespace where its events are
 * @param broker its name; several may be in one namespace
 * @param open events that some Trigger is not done with; above it no more are taken
 * @param kept events that all Triggers are done with; above it the oldest go
 * @param keep how long those are kept at most: what comes again meanwhile is known
 */
public record BrokerSettings(String namespace, String broker, int open, int kept, Duration keep) {
  /** With the defaults for all else. */
  public static BrokerSettings of(String namespace, String broker) {
    return new BrokerSettings(namespace, broker, 1_000, 1_000, Duration.ofMinutes(10));
  }
}
