package dev.tiphys.functions;

import dev.tiphys.functions.run.Run;
import java.util.List;

/**
 * What a function wants. The run is written first, then the effects follow in order: whatever is
 * cut short in between, the redelivered event leads to the same end.
 *
 * @param next the run as it is to be; equal to the observed one where nothing changes
 */
public record Decision(Run next, List<Effect> effects, Answer answer) {
  public Decision {
    effects = List.copyOf(effects);
  }

  /** What the broker is told. */
  public sealed interface Answer {
    /** Accepted, and nobody else needs to know. */
    record Done() implements Answer {}

    /** Accepted; the run may have to move on, so {@code advance} is to look. */
    record Wake() implements Answer {}

    /** Not now: too much is queued already. The event is to come again. */
    record Busy(String reason) implements Answer {}

    /** Never: the run could not remember what it did. To the dead-letter sink. */
    record Full(String reason) implements Answer {
      static Full of(Run run) {
        return new Full(
            "run %s knows as many events from outside as it can know again; it takes no others"
                .formatted(run.name()));
      }
    }

    /** Never: the event cannot be used, and goes to the dead-letter sink. */
    record Rejected(String reason) implements Answer {}

    /** Too late: what it was for has completed. Recorded, and to the dead-letter sink. */
    record Late(String reason) implements Answer {}
  }
}
