package dev.tiphys.functions;

import dev.tiphys.functions.port.InstanceSpec;
import java.util.SortedMap;

/** Something to do to the cluster. Doing it twice is the same as doing it once. */
public sealed interface Effect {
  /** Creates an instance, unless it exists. */
  record CreateInstance(InstanceSpec spec) implements Effect {}

  /** Lets a queued instance run. */
  record OpenGate(String instance) implements Effect {}

  /** Gives an instance newer parameters, unless it has them. */
  record UpdateInstance(String instance, SortedMap<String, String> parameters, long revision)
      implements Effect {}

  /** Ends an instance; it stays as a tombstone. */
  record StopInstance(String instance, String reason) implements Effect {}

  /** Ends an instance that could not start in its time; it stays as one that has failed. */
  record GiveUpInstance(String instance, String reason) implements Effect {}

  /** Removes an ended instance whose event is recorded in the run. */
  record DeleteInstance(String instance) implements Effect {}
}
