package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;

/**
 * A complete set as the cause of an instance. Its number is written with the run before the
 * instance is created, so it is an event of a stream that the step itself publishes: name, record
 * and folding are those of any other.
 */
final class SetCause {
  private SetCause() {}

  static Instance.Cause of(String path, long number) {
    String stream = path + "/sets";
    return new Instance.Cause(
        new EventKey(stream, Long.toString(number)), new Position(stream, number), null);
  }

  /** The name of the set's instance. */
  static String instance(Run run, String path, long number) {
    return Names.instance(run.name(), path, of(path, number).key());
  }
}
