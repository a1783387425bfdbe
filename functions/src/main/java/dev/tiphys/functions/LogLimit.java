package dev.tiphys.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Lets each cause be logged once a minute, so that a stranger cannot fill a log. */
public final class LogLimit {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Causes are made of names in plans, so there are few; beyond it all count as one. */
  static final int CAUSES_MAX = 1_000;

  private static final String OTHERS = "";

  /** Of what a sender wrote, in characters: attributes may be as long as all headers together. */
  private static final int SHOWN_MAX = 200;

  private final InstantSource clock;
  private final Map<String, Logged> logged = new ConcurrentHashMap<>();

  public LogLimit(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * When a cause was logged last.
   *
   * @param heldBack how many lines it would have had since then
   */
  private record Logged(Instant last, long heldBack) {
    Logged holdBack() {
      return new Logged(last, heldBack + 1);
    }
  }

  /**
   * Logs the cause, unless it was logged within the last minute.
   *
   * @param cause nothing that a sender can vary
   * @param line is given what to append: how many lines of the cause were held back before it
   */
  public void admit(String cause, Consumer<String> line) {
    String key = logged.size() < CAUSES_MAX || logged.containsKey(cause) ? cause : OTHERS;
    Instant now = clock.instant();
    Logged[] before = new Logged[1];
    Logged after =
        logged.compute(
            key,
            (name, known) -> {
              before[0] = known;
              return known == null || !now.isBefore(known.last().plus(PERIOD))
                  ? new Logged(now, 0)
                  : known.holdBack();
            });
    if (after.heldBack() == 0) {
      long heldBack = before[0] == null ? 0 : before[0].heldBack();
      line.accept(heldBack == 0 ? "" : " (and %,d more before)".formatted(heldBack));
    }
  }

  /** What a sender wrote, at a length that a line can bear. */
  public static String shown(Object text) {
    String whole = text.toString();
    return whole.length() <= SHOWN_MAX ? whole : whole.substring(0, SHOWN_MAX - 1) + "…";
  }
}
