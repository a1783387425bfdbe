package dev.tiphys.functions.run;

import dev.tiphys.triggers.event.EventKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names that derive from what caused a thing: causing it twice gives one. They are DNS-1123 labels,
 * as pods need.
 */
public final class Names {
  private static final int LABEL_MAX = 63;

  /** 40 bits: among a thousand runs two share a name once in two million. */
  private static final int RUN_DIGITS = 10;

  /** 64 bits: among a million instances two share a name once in 37 million. */
  private static final int INSTANCE_DIGITS = 16;

  private Names() {}

  /** The run that an event begins. */
  public static String run(String prefix, EventKey event) {
    return fit(prefix, RUN_DIGITS) + digest(RUN_DIGITS, event.source(), event.id());
  }

  /** The instance of a node; event null: the only one. */
  public static String instance(String run, String path, @Nullable EventKey event) {
    String hash =
        event == null
            ? digest(INSTANCE_DIGITS, run, path)
            : digest(INSTANCE_DIGITS, run, path, event.source(), event.id());
    return fit(run + "-" + Paths.step(path) + "-", INSTANCE_DIGITS) + hash;
  }

  private static String fit(String prefix, int digits) {
    int room = LABEL_MAX - digits;
    return prefix.length() <= room ? prefix : prefix.substring(0, room - 1) + "-";
  }

  private static String digest(int digits, String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // lengths keep ("ab","c") apart from ("a","bc")
        sha.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        sha.update((byte) ':');
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, digits);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
