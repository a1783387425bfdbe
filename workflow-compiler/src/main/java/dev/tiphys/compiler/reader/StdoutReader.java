package dev.tiphys.compiler.reader;

import dev.tiphys.triggers.plan.EventSidecar;
import java.util.Map;
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
    return new EventSidecar.StdoutWatcher(common, stream, onStop(reading, parameters));
  }

  /** What becomes of what is not published when the task is stopped; thrown away by default. */
  static EventSidecar.OnStop onStop(Reading reading, Fields parameters) {
    return parameters
        .text("onStop")
        .flatMap(word -> reading.values().choice(word, "onStop", ON_STOP, Set.of()))
        .orElse(EventSidecar.OnStop.DISCARD);
  }
}
