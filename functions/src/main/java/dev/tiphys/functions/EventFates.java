package dev.tiphys.functions;

import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes what becomes of one event. What is counted in the run is also what the run remembers the
 * event by, or it would count twice.
 */
final class EventFates {
  private final List<Decision.Fated> fates = new ArrayList<>();

  /** It has an instance, or had its fate before: nothing is counted. */
  void known(String listener, Fate fate) {
    fates.add(new Decision.Fated(listener, "", fate, false));
  }

  /** The run with it counted; the caller has the run remember the event. */
  Run counted(Run run, String listener, Fate fate) {
    fates.add(new Decision.Fated(listener, "", fate, false));
    return run.withFate(listener, fate);
  }

  /** It is refused, and the run does not remember it: it may be sent again, mended. */
  void refused(String listener, Fate fate) {
    refused(listener, "", fate);
  }

  /** The same at one of the step's nodes. */
  void refused(String listener, String path, Fate fate) {
    fates.add(new Decision.Fated(listener, path, fate, true));
  }

  List<Decision.Fated> all() {
    return fates;
  }

  /** Those of an event of which the run takes nothing. */
  List<Decision.Fated> allRefused() {
    return fates.stream()
        .filter(fated -> fated.uncounted() || fated.fate() == Fate.DUPLICATE)
        .toList();
  }
}
