package dev.tiphys.functions.kubernetes.pod;

import org.jspecify.annotations.Nullable;

/** A reason and its explanation on one line of bounded length. */
final class ShownText {
  /** Characters: what a container may leave as its message is longer, and lists show them all. */
  private static final int MAX_LENGTH = 500;

  private ShownText() {}

  static String of(String reason, @Nullable String explanation) {
    String line = explanation == null ? "" : explanation.strip().replaceAll("\\s+", " ");
    String text = line.isEmpty() ? reason : reason + ": " + line;
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
  }
}
