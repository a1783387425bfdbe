package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.Phase;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The runs of a command as they are to be shown.
 *
 * @param runs in the order in which they began
 * @param warnings what the user should know of, one line each
 */
public record RunsView(List<RunView> runs, List<String> warnings) {
  public RunsView {
    runs = List.copyOf(runs);
    warnings = List.copyOf(warnings);
  }

  /** One run, or none yet. */
  public static RunsView of(Optional<RunView> run) {
    return new RunsView(run.stream().toList(), List.of());
  }

  /** Whether there is nothing to show. */
  public boolean empty() {
    return runs.isEmpty() && warnings.isEmpty();
  }

  /** How many there are in each phase: {@code 2 Succeeded, 1 Failed}. */
  static String phases(List<RunView> runs) {
    SortedMap<Phase, Long> counts =
        runs.stream()
            .collect(Collectors.groupingBy(RunView::phase, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(e -> "%,d %s".formatted(e.getValue(), PhaseText.of(e.getKey())))
        .collect(Collectors.joining(", "));
  }
}
