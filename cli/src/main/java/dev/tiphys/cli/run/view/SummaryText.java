package dev.tiphys.cli.run.view;

import dev.tiphys.functions.run.CountsText;
import dev.tiphys.functions.run.Phase;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a run ended, on one line: {@code Succeeded in 2.3 s: flip-coin 1 stopped; heads 37 succeeded;
 * events: coin 74, stopsignal 37}.
 */
public final class SummaryText {
  private SummaryText() {}

  /** The line. */
  public static String of(RunView view, Phase phase) {
    String tasks = CountsText.of(view.tasks());
    List<String> parts =
        Stream.concat(Stream.of(tasks).filter(text -> !text.isEmpty()), events(view)).toList();
    String head = PhaseText.of(phase) + " in " + DurationText.of(view.elapsed());
    return parts.isEmpty() ? head : head + ": " + String.join("; ", parts);
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
