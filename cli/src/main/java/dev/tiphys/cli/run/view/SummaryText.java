package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.CountsText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How runs ended. One on a line: {@code Succeeded in 2.3 s: flip-coin 1 stopped; heads 37
 * succeeded; events: coin 74, stopsignal 37}.
 */
public final class SummaryText {
  private SummaryText() {}

  /** One run. */
  public static String of(RunView view) {
    List<String> parts =
        Stream.concat(
                Stream.of(CountsText.of(view.tasks()), view.missed().text())
                    .filter(text -> !text.isEmpty()),
                events(view))
            .toList();
    String head = PhaseText.of(view.phase()) + " in " + DurationText.of(view.elapsed());
    return parts.isEmpty() ? head : head + ": " + String.join("; ", parts);
  }

  /** One of several. */
  public static String named(RunView view) {
    return view.run() + "  " + of(view);
  }

  /** All of several: {@code 3 runs: 2 Succeeded, 1 Failed}. */
  public static String of(List<RunView> runs) {
    return "%,d runs: %s".formatted(runs.size(), RunsView.phases(runs));
  }

  private static Stream<String> events(RunView view) {
    if (view.events().isEmpty()) {
      return Stream.empty();
    }
    return Stream.of(
        view.events().stream()
            .map(count -> "%s %,d".formatted(count.type(), count.total()))
            .collect(Collectors.joining(", ", "events: ", "")));
  }
}
