package dev.tiphys.cli.run.view;

import java.time.Duration;
import java.util.Locale;

/** A duration for people: {@code 2.3 s}, {@code 1 min 05 s}, {@code 2 h 00 min}. */
final class DurationText {
  private DurationText() {}

  static String of(Duration duration) {
    if (duration.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return duration.toHours() == 0
        ? "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d h %02d min".formatted(duration.toHours(), duration.toMinutesPart());
  }
}
