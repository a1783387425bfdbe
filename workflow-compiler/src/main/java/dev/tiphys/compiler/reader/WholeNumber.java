package dev.tiphys.compiler.reader;

import java.util.OptionalLong;

/**
 * Whole numbers as {@code kubectl} reads them: it follows YAML 1.1, where {@code 0644} is octal, as
 * everybody means it in a file's mode.
 */
final class WholeNumber {
  private static final int OCTAL = 8;
  private static final int HEX = 16;
  private static final int DECIMAL = 10;

  private WholeNumber() {}

  /** Empty for a fraction, and for what 64 bits do not hold. */
  static OptionalLong parse(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    if (digits.startsWith("0x")) {
      return parse(negative, digits.substring(2), HEX);
    }
    if (digits.startsWith("0o")) {
      return parse(negative, digits.substring(2), OCTAL);
    }
    return parse(negative, digits, digits.startsWith("0") ? OCTAL : DECIMAL);
  }

  private static OptionalLong parse(boolean negative, String digits, int radix) {
    try {
      return OptionalLong.of(Long.parseLong((negative ? "-" : "") + digits, radix));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
