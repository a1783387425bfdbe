package dev.tiphys.sidecars.contract;

import dev.tiphys.triggers.event.Signature;
import io.cloudevents.CloudEvent;

/** A run's key. It signs, and shows itself to nobody. */
public final class SigningKey {
  private final byte[] bytes;

  private SigningKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes a copy of the key.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static SigningKey of(byte[] key) {
    if (key.length == 0) {
      throw new IllegalArgumentException("an empty key");
    }
    return new SigningKey(key.clone());
  }

  /** The event with its signature. */
  public CloudEvent sign(CloudEvent event) {
    return Signature.sign(event, bytes);
  }

  /** Whether the event carries the signature that this key gives. */
  public boolean hasSigned(CloudEvent event) {
    return Signature.verify(event, bytes);
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}
