package dev.tiphys.triggers.delivery;

/** The broker was closed before it took responsibility for the event. */
public final class BrokerClosedException extends RuntimeException {
  /** Says so. */
  public BrokerClosedException() {
    super("the broker is closed");
  }
}
