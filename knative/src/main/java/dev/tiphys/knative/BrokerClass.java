package dev.tiphys.knative;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of Knative Broker that manifests are made for. */
public enum BrokerClass {
  /** Knative's own, over channels; order is not kept. */
  MT_CHANNEL_BASED("MTChannelBasedBroker"),
  /** Over Apache Kafka; with ordered delivery it keeps the order of a run's events. */
  KAFKA("Kafka");

  /** Of a Broker: of which class it is, which nothing changes later. */
  public static final String ANNOTATION = "eventing.knative.dev/broker.class";

  private final String annotation;

  BrokerClass(String annotation) {
    this.annotation = annotation;
  }

  /** The value of the {@link #ANNOTATION}. */
  public String annotation() {
    return annotation;
  }

  /** The class of that annotation value; empty if it is none of these. */
  public static Optional<BrokerClass> named(String annotation) {
    return Arrays.stream(values()).filter(c -> c.annotation.equals(annotation)).findFirst();
  }
}
