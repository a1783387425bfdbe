package dev.tiphys.functions.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Events that were accepted, and found nobody that they were for.
 *
 * @param late how many came after what they were for had completed
 * @param early how many came before a step was there that they start
 */
public record Missed(int late, int early) {
  /** None. */
  public static final Missed NONE = new Missed(0, 0);

  /** Those among all. */
  public static Missed of(Fates fates) {
    return new Missed(fates.of(Fate.LATE), fates.of(Fate.EARLY));
  }

  /** {@code missed: 3 late, 2 early}; empty if there are none. */
  public String text() {
    List<String> parts = new ArrayList<>();
    if (late > 0) {
      parts.add("%,d late".formatted(late));
    }
    if (early > 0) {
      parts.add("%,d early".formatted(early));
    }
    return parts.isEmpty() ? "" : "missed: " + String.join(", ", parts);
  }
}
