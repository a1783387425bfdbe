package dev.tiphys.triggers.embedded;

/** The broker was closed before it took responsibility for the event. */
public final class BrokerClosedException extends RuntimeException {
  BrokerClosedException() {
    super("the broker is closed");
  }
}
