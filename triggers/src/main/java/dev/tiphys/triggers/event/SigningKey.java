package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * A key that signs events: the run's control key, or that of one emitter. Its secret is text, and
 * the text's bytes are what the HMAC is made with, so that a shell needs to decode nothing.
 */
public final class SigningKey {
  private static final Pattern SYNTAX = Pattern.compile("[1-9]\\d{0,8}\\.[A-Za-z0-9_-]{43}");

  private final int version;
  private final String secret;

  /** Never fed, but copied: to find and to key one takes longer than a small event does. */
  private final Mac hmac;

  /**
   * @param version of the root key that it derives from
   */
  SigningKey(int version, String secret) {
    this.version = version;
    this.secret = secret;
    this.hmac = Signature.hmac(bytes());
  }

  /** Reads what {@link #text} wrote; empty if it is anything else. */
  public static Optional<SigningKey> parse(String text) {
    int dot = text.indexOf('.');
    return SYNTAX.matcher(text).matches()
        ? Optional.of(
            new SigningKey(Integer.parseInt(text.substring(0, dot)), text.substring(dot + 1)))
        : Optional.empty();
  }

  /** {@code VERSION.SECRET}, as the key's owner finds it in {@code TIPHYS_KEY}. */
  public String text() {
    return version + "." + secret;
  }

  /** The event with its signature. */
  public CloudEvent sign(CloudEvent event) {
    return Signature.sign(event, this);
  }

  /** Whether the event carries the signature that this key gives. */
  public boolean hasSigned(CloudEvent event) {
    return Signature.verify(event, this);
  }

  /**
   * The key of a sidecar whose events this key's owner takes before they reach the run: the owner
   * can tell them, and nobody else believes them.
   *
   * @param container name of that sidecar's container
   */
  public SigningKey ofFeeder(String container, String eventType) {
    return KeyDerivation.derive(version, hmac(), "feeder", container, eventType);
  }

  int version() {
    return version;
  }

  /** An HMAC under this key. */
  Mac hmac() {
    try {
      return (Mac) hmac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java's HMAC can be copied", e);
    }
  }

  private byte[] bytes() {
    return secret.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}
