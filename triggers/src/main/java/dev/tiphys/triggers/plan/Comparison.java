package dev.tiphys.triggers.plan;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** The order of two operands. */
public final class Comparison {
  /** Short enough that no untrusted text makes an expensive number. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

  private Comparison() {}

  static int compare(String left, String right) {
    Optional<BigDecimal> leftNumber = number(left);
    Optional<BigDecimal> rightNumber = number(right);
    return leftNumber.isPresent() && rightNumber.isPresent()
        ? leftNumber.get().compareTo(rightNumber.get())
        : left.compareTo(right);
  }

  /** The number that a text is; empty if it is none. */
  public static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }
}
