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
import org.jspecify.annotations.Nullable;

/**
 * Says who may speak for a run: HMAC-SHA-256, in lower-case hex, under the run's key over
 *
 * <pre>
 * id:ID\nsource:SOURCE\ntype:TYPE\nsubject:SUBJECT\n
 * workflowrun:RUN\nsequence:N\nendofstream:B\nrefused:STATUS\n\nDATA
 * </pre>
 *
 * where an absent attribute's line ends after the colon. Attribute values hold no control
 * characters (CloudEvents 1.0, section 3.1), so the lines cannot be forged from within a value.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final List<String> SIGNED_EXTENSIONS =
      List.of(Attributes.RUN, Attributes.SEQUENCE, Attributes.END_OF_STREAM, Attributes.REFUSED);

  private Signature() {}

  /** The event with its signature under the key. */
  public static CloudEvent sign(CloudEvent event, byte[] key) {
    return CloudEventBuilder.from(event)
        .withExtension(Attributes.SIGNATURE, HexFormat.of().formatHex(mac(event, key)))
        .build();
  }

  /** Whether the event carries the signature that the key gives; takes the same time either way. */
  public static boolean verify(CloudEvent event, byte[] key) {
    if (!(event.getExtension(Attributes.SIGNATURE) instanceof String claimed)) {
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

  private static String head(CloudEvent event) {
    StringBuilder head = new StringBuilder();
    line(head, "id", event.getId());
    line(head, "source", event.getSource());
    line(head, "type", event.getType());
    line(head, "subject", event.getSubject());
    for (String name : SIGNED_EXTENSIONS) {
      line(head, name, event.getExtension(name));
    }
    return head.append('\n').toString();
  }

  private static void line(StringBuilder head, String name, @Nullable Object value) {
    head.append(name).append(':');
    if (value != null) {
      head.append(value);
    }
    head.append('\n');
  }
}
