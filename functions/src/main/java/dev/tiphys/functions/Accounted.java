package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.RangeSet;
import dev.tiphys.triggers.event.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What a step has accounted for: the events that it has heard, and those that have an instance. */
final class Accounted {
  private final Heard heard;
  private final Map<String, RangeSet> caused = new HashMap<>();

  Accounted(Heard heard, Collection<Instance> instances) {
    this.heard = heard;
    for (Instance instance : instances) {
      Instance.Cause cause = instance.identity().cause();
      Position position = cause == null ? null : cause.position();
      if (position != null) {
        caused.merge(position.stream(), RangeSet.EMPTY.with(position.sequence()), RangeSet::union);
      }
    }
  }

  /** Whether the stream's end is known, and each of its events is accounted for. */
  boolean toTheEnd(String stream) {
    Heard.Stream known = heard.stream(stream);
    return known.last() != null
        && known.done().union(caused.getOrDefault(stream, RangeSet.EMPTY)).coversUpTo(known.last());
  }
}
