package dev.tiphys.triggers.name;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that Kubernetes accepts, derived from names that it may not accept. A name that fits stays
 * as it is; any other is repaired, cut, and ends with a hash of the original, so that two different
 * ones stay different.
 */
public final class ResourceName {
  /** Of a label's value, and of what Knative copies into one: a Broker's or Service's name. */
  private static final int LABEL_LENGTH = 63;

  /** Of the names of other objects. */
  private static final int SUBDOMAIN_LENGTH = 253;

  private static final int HASH_DIGITS = 8;
  private static final Pattern VALID = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
  private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9-]+");
  private static final Pattern OUTER_DASHES = Pattern.compile("^-+|-+$");

  private ResourceName() {}

  /** A name that may also be a label's value. */
  public static String of(String wanted) {
    return fit(wanted, LABEL_LENGTH);
  }

  /** A name of an object that nothing takes a label's value from. */
  public static String subdomain(String wanted) {
    return fit(wanted, SUBDOMAIN_LENGTH);
  }

  private static String fit(String wanted, int limit) {
    return wanted.length() <= limit && VALID.matcher(wanted).matches()
        ? wanted
        : withHash(wanted, wanted, limit);
  }

  /** A label's value, told apart from others that want the same by a hash of the content. */
  public static String withHash(String wanted, String content) {
    return withHash(wanted, content, LABEL_LENGTH);
  }

  private static String withHash(String wanted, String content, int limit) {
    String plain = FOREIGN.matcher(wanted.toLowerCase(Locale.ROOT)).replaceAll("-");
    int room = limit - HASH_DIGITS - 1;
    String cut = plain.length() <= room ? plain : plain.substring(0, room);
    // a name must begin with a letter or digit even when nothing of the wanted one was fit to stay
    String stem = OUTER_DASHES.matcher(cut).replaceAll("");
    return (stem.isEmpty() ? "x" : stem) + "-" + hash(content);
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
