package dev.tiphys.cli.cluster;

import java.time.Duration;

/** How long something has been there, as kubectl has it: {@code 42s}, {@code 7m}, {@code 3h}. */
final class Age {
  private Age() {}

  static String of(Duration age) {
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + "s";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
  }
}
