package dev.tiphys.functions;

import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Run;
import java.util.List;

/**
 * What a function wants. The run is written first, then the effects follow in order: whatever is
 * cut short in between, the redelivered event leads to the same end.
 *
 * @param next the run as it is to be; equal to the observed one where nothing changes
 * @param fates what became of the event at those who listen to it, in {@code next} where it is
 *     counted already
 */
public record Decision(Run next, List<Effect> effects, Answer answer, List<Fated> fates) {
  public Decision {
    effects = List.copyOf(effects);
    fates = List.copyOf(fates);
  }

  /** That of no event. */
  public Decision(Run next, List<Effect> effects, Answer answer) {
    this(next, effects, answer, List.of());
  }

  /** To leave the run as it is. */
  static Decision nothing(Run run) {
    return new Decision(run, List.of(), new Answer.Done());
  }

  /**
   * What became of an event at one who listens to it.
   *
   * @param path of the node that it was for; empty where there was none
   * @param uncounted whether {@code next} does not count it, since a stranger may send as many as
   *     he likes that are refused
   */
  public record Fated(String listener, String path, Fate fate, boolean uncounted) {}

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
