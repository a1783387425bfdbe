package dev.tiphys.knative;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Name of the account that Knative Eventing makes for a Trigger (its {@code kmeta.ChildName}).
 *
 * <p>An EventPolicy could name the Trigger itself, but is not ready before the Trigger has its
 * account, which it gets when its Broker is ready; and a Broker is not ready before its policies.
 */
final class TriggerAccount {
  private static final String SUFFIX = "-oidc-eventing.knative.dev-Trigger";
  private static final int MAX_LENGTH = 63;

  /** What is left of a name that is too long; the rest is a digest. */
  private static final int HEAD_LENGTH = 31;

  private TriggerAccount() {}

  static String of(String trigger) {
    String whole = trigger + SUFFIX;
    return (whole.length() <= MAX_LENGTH ? whole : shortened(trigger, whole))
        .toLowerCase(Locale.ROOT);
  }

  private static String shortened(String trigger, String whole) {
    String head = trigger.substring(0, Math.min(HEAD_LENGTH, trigger.length()));
    // where there is room for one more character of the suffix, that is a dash, which may not end
    // a name
    return head + md5(whole);
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
