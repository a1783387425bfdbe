package dev.tiphys.triggers.broker;

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
   * A Subscriber's address.
   *
   * @param service name of the Knative Service
   * @param path below its URL, beginning with a slash
   */
  public record Address(String service, String path) {}
}
