package dev.tiphys.triggers.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a {@code when}, a filter or an aggregate calculates with. Numbers are exact, where Argo
 * rounds them to 64 bits.
 */
public sealed interface Value {
  /** A text; it is no number, whatever it looks like. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      int kept = Math.min(text.codePointCount(0, text.length()), SHOWN);
      int end = text.offsetByCodePoints(0, kept);
      return "the text `" + text.substring(0, end) + (end < text.length() ? "…`" : "`");
    }
  }

  /** A number; {@code 1.10} is the same as {@code 1.1}. */
  record Numeric(BigDecimal number) implements Value {
    @Override
    public String toString() {
      return "the number " + number.round(MathContext.DECIMAL64);
    }
  }

  /** True or false. */
  record Bool(boolean is) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(is);
    }
  }

  /** Characters of a text that a message shows: anybody may have sent it. */
  int SHOWN = 40;

  /** Longer ones are texts: no untrusted text is to make an expensive number. */
  int DIGITS_MAX = 1_000;

  /** {@code 10}, {@code -1.5}, {@code .5}, {@code 1e3}. */
  Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

  /** {@code 0x1F}, of 64 bits at most. */
  Pattern HEXADECIMAL = Pattern.compile("(-?)0x([0-9a-fA-F]{1,16})");

  /** What a text without quotes is: a number or boolean where it looks like one. */
  static Value bare(String text) {
    String trimmed = text.strip();
    return switch (trimmed) {
      case "true" -> new Bool(true);
      case "false" -> new Bool(false);
      default -> number(trimmed).<Value>map(Numeric::new).orElseGet(() -> new Text(trimmed));
    };
  }

  /** The number that a text is, blanks around it aside; empty if it is none. */
  static Optional<BigDecimal> number(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > DIGITS_MAX) {
      return Optional.empty();
    }
    if (DECIMAL.matcher(trimmed).matches()) {
      return Optional.of(new BigDecimal(trimmed));
    }
    var hexadecimal = HEXADECIMAL.matcher(trimmed);
    return hexadecimal.matches()
        ? Optional.of(
            new BigDecimal(new BigInteger(hexadecimal.group(1) + hexadecimal.group(2), 16)))
        : Optional.empty();
  }

  /** Whether the two are the same; values of two kinds never are. */
  default boolean same(Value other) {
    return order(other).map(order -> order == 0).orElseGet(() -> equals(other));
  }

  /** Which of the two comes first, as of numbers or of texts; empty of anything else. */
  default Optional<Integer> order(Value other) {
    if (this instanceof Numeric(BigDecimal left) && other instanceof Numeric(BigDecimal right)) {
      return Optional.of(left.compareTo(right));
    }
    if (this instanceof Text(String left) && other instanceof Text(String right)) {
      return Optional.of(
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
    }
    return Optional.empty();
  }
}
