package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Instance;
import io.cloudevents.CloudEvent;

/** Is told what happens in a local run, from many threads at once. */
public interface RunListener {
  /** Tells nobody. */
  RunListener NONE = new RunListener() {};

  /** An instance has started or ended. */
  default void changed(Instance instance) {}

  /** The broker has taken an event. */
  default void published(CloudEvent event) {}
}
