package dev.tiphys.functions.kubernetes.broker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which Triggers are still to be done with which event, and which events may go. */
final class Progress {
  private final BrokerSettings settings;
  private final Map<String, Set<String>> open = new HashMap<>();

  /** When all were done with an event, the longest ago first. */
  private final Map<String, Instant> done = new LinkedHashMap<>();

  Progress(BrokerSettings settings) {
    this.settings = settings;
  }

  /** Whether no more events are to be taken. */
  synchronized boolean full() {
    return open.size() >= settings.open();
  }

  /**
   * An event is there; false if it is known.
   *
   * @param triggers that are not done with it
   */
  synchronized boolean begin(String event, Collection<String> triggers) {
    if (open.containsKey(event) || done.containsKey(event)) {
      return false;
    }
    if (triggers.isEmpty()) {
      done.put(event, Instant.MIN);
      return false;
    }
    open.put(event, new HashSet<>(triggers));
    return true;
  }

  /** A Trigger is done with an event; whether it was the last one. */
  synchronized boolean end(String event, String trigger, Instant now) {
    Set<String> triggers = open.get(event);
    if (triggers == null || !triggers.remove(trigger) || !triggers.isEmpty()) {
      return false;
    }
    open.remove(event);
    done.put(event, now);
    return true;
  }

  /** Events that all are done with and that are not to be kept any longer. */
  synchronized List<String> expired(Instant now) {
    int surplus = done.size() - settings.kept();
    List<String> expired = new ArrayList<>();
    for (Map.Entry<String, Instant> event : done.entrySet()) {
      if (surplus-- > 0 || event.getValue().isBefore(now.minus(settings.keep()))) {
        expired.add(event.getKey());
      }
    }
    return expired;
  }

  /** An event's object is there no longer. One that is being delivered goes on to be. */
  synchronized void gone(String event) {
    done.remove(event);
  }
}
