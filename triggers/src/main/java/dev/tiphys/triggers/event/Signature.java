package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says who may speak for a run: HMAC-SHA-256, in lower-case hex, under the run's key over
 *
 * <pre>
 * id:ID\nsource:SOURCE\ntype:TYPE\nsubject:SUBJECT\n
 * workflowrun:RUN\nsequence:N\nendofstream:B\nrefused:STATUS\n\nDATA
 * </pre>
 *
 * where an absent attribute's line ends after the colon. An event with a control character in one
 * of them (CloudEvents 1.0, section 3.1, forbids it) is never verified, so that lines cannot be
 * forged: what is data in one event could else be an attribute in another with the same signature.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final List<String> SIGNED =
      List.of(
          "id",
          "source",
          "type",
          "subject",
          Attributes.RUN,
          Attributes.SEQUENCE,
          Attributes.END_OF_STREAM,
          Attributes.REFUSED);

  private Signature() {}

  /** The event with its signature under the key. */
  public static CloudEvent sign(CloudEvent event, byte[] key) {
    return CloudEventBuilder.from(event)
        .withExtension(Attributes.SIGNATURE, HexFormat.of().formatHex(mac(event, key)))
        .build();
  }

  /** Whether the event carries the signature that the key gives; takes the same time either way. */
  public static boolean verify(CloudEvent event, byte[] key) {
    if (!(event.getExtension(Attributes.SIGNATURE) instanceof String claimed)
        || !onLinesOfTheirOwn(event)) {
      return false;
    }
    byte[] expected = HexFormat.of().formatHex(mac(event, key)).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, claimed.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(CloudEvent event, byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(head(event).getBytes(StandardCharsets.UTF_8));
      if (event.getData() != null) {
        mac.update(event.getData().toBytes());
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Whether no signed value could end its line. */
  private static boolean onLinesOfTheirOwn(CloudEvent event) {
    return SIGNED.stream()
        .map(name -> Attributes.value(event, name))
        .noneMatch(value -> value != null && value.chars().anyMatch(Character::isISOControl));
  }

  private static String head(CloudEvent event) {
    StringBuilder head = new StringBuilder();
    for (String name : SIGNED) {
      String value = Attributes.value(event, name);
      head.append(name).append(':').append(value == null ? "" : value).append('\n');
    }
    return head.append('\n').toString();
  }
}
