package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.EventLine;
import dev.tiphys.functions.port.Instance;
import io.cloudevents.CloudEvent;

/**
 * Shows what happens as it happens.
 *
 * @param events whether to show each event
 */
record ProgressListener(Progress progress, boolean events) implements RunListener {
  @Override
  public void changed(Instance instance) {
    progress.changed(instance);
  }

  @Override
  public void published(CloudEvent event) {
    if (events) {
      progress.say(EventLine.of(event));
    }
  }
}
