package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.TaskCounts;
import java.util.ArrayList;
import java.util.List;

/** Counts in words: {@code 10 active, 43 queued, 37 succeeded}; what is 0 is left out. */
final class CountsText {
  private CountsText() {}

  static String of(TaskCounts counts) {
    List<String> parts = new ArrayList<>();
    add(parts, counts.active(), "active");
    add(parts, counts.gated(), "queued");
    add(parts, counts.tally().succeeded(), "succeeded");
    add(parts, counts.tally().failed(), "failed");
    add(parts, counts.tally().stopped(), "stopped");
    add(parts, counts.tally().skipped(), "skipped");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add("%,d %s".formatted(count, what));
    }
  }
}
