package dev.tiphys.functions;

import dev.tiphys.triggers.event.Signature;
import io.cloudevents.CloudEvent;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Events from outside that runs have taken, by all that they say. One that comes again when these
 * runs are over is not lost.
 */
final class Taken {
  /** How many are remembered; the oldest are forgotten first. */
  static final int MAX = 10_000;

  private final SequencedSet<String> taken = new LinkedHashSet<>();

  synchronized void add(CloudEvent event) {
    taken.addLast(Signature.fingerprint(event));
    if (taken.size() > MAX) {
      taken.removeFirst();
    }
  }

  synchronized boolean contains(CloudEvent event) {
    return taken.contains(Signature.fingerprint(event));
  }
}
