package dev.tiphys.functions.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts in words, with the reasons why events were skipped; what is 0 is left out. */
public final class CountsText {
  private CountsText() {}

  /** {@code 10 active, 43 queued, 37 succeeded}. */
  public static String of(TaskCounts counts) {
    List<String> parts = new ArrayList<>();
    add(parts, counts.active(), "active");
    add(parts, counts.gated(), "queued");
    add(parts, counts.waiting(), "waiting");
    add(parts, counts.tally().succeeded(), "succeeded");
    add(parts, counts.tally().failed(), "failed");
    add(parts, counts.tally().stopped(), "stopped");
    add(parts, counts.tally().skipped(), "skipped" + reasons(counts.tally()));
    return String.join(", ", parts);
  }

  /** By task: {@code flip-coin 1 stopped; heads 37 succeeded}. */
  public static String of(Map<String, TaskCounts> tasks) {
    return tasks.entrySet().stream()
        .filter(e -> !of(e.getValue()).isEmpty())
        .map(e -> e.getKey() + " " + of(e.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** That a condition was false needs no word: it is what a condition is for. */
  private static String reasons(Tally tally) {
    return tally.reasons().keySet().stream().allMatch(SkipReason.CONDITION::equals)
        ? ""
        : tally.reasons().entrySet().stream()
            .map(e -> "%,d %s".formatted(e.getValue(), e.getKey().text()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add("%,d %s".formatted(count, what));
    }
  }
}
