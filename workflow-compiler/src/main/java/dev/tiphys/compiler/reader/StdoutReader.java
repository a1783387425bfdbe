package dev.tiphys.compiler.reader;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a stdoutwatcher reads, and how. */
final class StdoutReader {
  private static final Map<String, EventSidecar.Stream> STREAMS =
      Map.of(
          "stdout", EventSidecar.Stream.STDOUT,
          "stderr", EventSidecar.Stream.STDERR,
          "both", EventSidecar.Stream.BOTH);
  private static final Map<String, EventSidecar.OnStop> ON_STOP =
      Map.of("discard", EventSidecar.OnStop.DISCARD, "drain", EventSidecar.OnStop.DRAIN);

  private static final Map<String, EventSidecar.Format> FORMATS =
      Map.of("line", EventSidecar.Format.LINE, "json", EventSidecar.Format.JSON);

  private final Reading reading;

  StdoutReader(Reading reading) {
    this.reading = reading;
  }

  EventSidecar.StdoutWatcher read(Fields parameters, EventSidecar.Common common) {
    EventSidecar.Stream stream =
        parameters
            .text("stream")
            .flatMap(word -> reading.values().choice(word, "stream", STREAMS, Set.of()))
            .orElse(EventSidecar.Stream.STDOUT);
    return new EventSidecar.StdoutWatcher(
        common, stream, onStop(reading, parameters), lines(parameters));
  }

  private EventSidecar.Lines lines(Fields parameters) {
    EventSidecar.Lines standard = EventSidecar.Lines.EVERY;
    EventSidecar.Format format =
        parameters
            .text("format")
            .flatMap(word -> reading.values().choice(word, "format", FORMATS, Set.of()))
            .orElse(standard.format());
    Optional<Located<String>> pattern = parameters.text("pattern").flatMap(this::pattern);
    if (pattern.isPresent() && format == EventSidecar.Format.JSON) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              pattern.get().at(),
              "`pattern` and `format: json` both say what the data is",
              "keep one of the two; `objectField` takes a field of a line that is JSON");
    }
    int maxLine =
        parameters
            .plainValue("maxLine")
            .flatMap(
                number -> reading.values().count(number, "`maxLine`", EventSidecar.Lines.MAX_LINE))
            .map(Located::value)
            .orElse(standard.maxLine());
    return new EventSidecar.Lines(pattern.map(Located::value).orElse(null), format, maxLine);
  }

  private Optional<Located<String>> pattern(Located<String> pattern) {
    try {
      Pattern.compile(pattern.value());
      return Optional.of(pattern);
    } catch (PatternSyntaxException e) {
      reading
          .found()
          .report(
              Code.INVALID_PATTERN,
              pattern.at(),
              "`" + pattern + "` is no pattern: " + e.getDescription(),
              "write it in RE2's syntax: named groups as (?P<x>...), no look-around, no"
                  + " back-reference");
      return Optional.empty();
    }
  }

  /** What becomes of what is not published when the task is stopped; thrown away by default. */
  static EventSidecar.OnStop onStop(Reading reading, Fields parameters) {
    return parameters
        .text("onStop")
        .flatMap(word -> reading.values().choice(word, "onStop", ON_STOP, Set.of()))
        .orElse(EventSidecar.OnStop.DISCARD);
  }
}
