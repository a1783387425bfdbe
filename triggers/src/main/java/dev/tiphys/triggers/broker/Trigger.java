package dev.tiphys.triggers.broker;

import java.util.Objects;

/**
 * A subscription, as Knative has it.
 *
 * @param name unique in its broker
 * @param filter which events it takes
 * @param subscriber where they go
 * @param delivery what happens when that fails
 */
public record Trigger(String name, Filter filter, Address subscriber, Delivery delivery) {
  /**
   * @throws NullPointerException if one is missing: Triggers are read from files, too
   */
  public Trigger {
    Objects.requireNonNull(name, "a Trigger without a name");
    Objects.requireNonNull(filter, "a Trigger without a filter");
    Objects.requireNonNull(subscriber, "a Trigger without a subscriber");
    Objects.requireNonNull(delivery, "a Trigger without a delivery");
  }

  /**
   * A Subscriber's address.
   *
   * @param service name of the Knative Service
   * @param path below its URL, beginning with a slash
   */
  public record Address(String service, String path) {}
}
