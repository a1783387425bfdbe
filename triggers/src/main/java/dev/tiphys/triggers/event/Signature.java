package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says who speaks for a run: the attribute {@code tiphyssignature} is {@code v2.VERSION.HMAC}, the
 * version of the namespace's root key and an HMAC-SHA-256 in lower-case hex, over
 *
 * <pre>
 * LENGTH:NAME LENGTH:VALUE ... 0:DATA
 * </pre>
 *
 * without the blanks: name and value of each attribute that the emitter set, sorted by name, each
 * after its length in bytes of UTF-8 and a colon; an empty name; and then the data. Attributes that
 * carriers add ({@link Attributes#addedByCarriers}) and the signature itself are left out. Values
 * are in CloudEvents' canonical text; {@code time} is in UTC, without zeros at the end of its
 * fraction, so that a carrier may write the same instant otherwise.
 */
public final class Signature {
  /** What a signature begins with; another number would be other rules. */
  static final String PREFIX = "v2.";

  private static final Pattern SYNTAX = Pattern.compile("v2\\.([1-9]\\d{0,8})\\.[0-9a-f]{64}");
  private static final String HMAC = "HmacSHA256";

  /** Most events' attributes are shorter. */
  private static final int ATTRIBUTES_BYTES = 1_024;

  private Signature() {}

  /** The version of the root key that the event's signature names; empty if it has no such one. */
  public static Optional<Integer> version(CloudEvent event) {
    String text = Attributes.value(event, Attributes.SIGNATURE);
    Matcher matcher = SYNTAX.matcher(text == null ? "" : text);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** The event with its signature under the key. */
  static CloudEvent sign(CloudEvent event, SigningKey key) {
    return CloudEventBuilder.from(event)
        .withExtension(Attributes.SIGNATURE, signature(event, key))
        .build();
  }

  /** Whether the event carries the signature that the key gives; takes the same time either way. */
  static boolean verify(CloudEvent event, SigningKey key) {
    String claimed = Attributes.value(event, Attributes.SIGNATURE);
    // half a surrogate pair, which JSON can bring, would be signed as UTF-8's question mark for it
    return claimed != null
        && AttributeText.allows(event, signed(event))
        && MessageDigest.isEqual(
            signature(event, key).getBytes(StandardCharsets.US_ASCII),
            claimed.getBytes(StandardCharsets.UTF_8));
  }

  /** Differs wherever what is signed, or the signature, differs; 64 hexadecimal digits. */
  public static String fingerprint(CloudEvent event) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String claimed = Attributes.value(event, Attributes.SIGNATURE);
      feed(claimed == null ? "" : claimed, digest::update);
      feed(event, digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String signature(CloudEvent event, SigningKey key) {
    Mac mac = key.hmac();
    feed(event, mac::update);
    return PREFIX + key.version() + "." + HexFormat.of().formatHex(mac.doFinal());
  }

  /** An HMAC under the key. */
  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /** A text after its length, so that no two lists of texts are the same bytes. */
  static void feed(String text, Consumer<byte[]> sink) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sink.accept((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sink.accept(bytes);
  }

  private static void feed(CloudEvent event, Consumer<byte[]> sink) {
    // a digest that is fed in small pieces takes three times as long
    ByteArrayOutputStream attributes = new ByteArrayOutputStream(ATTRIBUTES_BYTES);
    for (String name : signed(event)) {
      String value = Attributes.canonical(event, name);
      if (value != null) {
        feed(name, attributes::writeBytes);
        feed(value, attributes::writeBytes);
      }
    }
    feed("", attributes::writeBytes);
    sink.accept(attributes.toByteArray());
    if (event.getData() != null) {
      sink.accept(event.getData().toBytes());
    }
  }

  /** Names of the attributes that are signed, sorted. */
  private static Set<String> signed(CloudEvent event) {
    Set<String> names = Attributes.names(event);
    names.removeIf(name -> name.equals(Attributes.SIGNATURE) || Attributes.addedByCarriers(name));
    return names;
  }
}
