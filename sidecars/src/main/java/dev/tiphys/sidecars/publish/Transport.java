package dev.tiphys.sidecars.publish;

import io.cloudevents.CloudEvent;
import java.io.IOException;

/** The way to the sink. */
@FunctionalInterface
public interface Transport {
  /**
   * Posts one event and waits for the answer. Called by several threads at once where the window is
   * wider than 1.
   *
   * @return the HTTP status
   * @throws IOException if there was no answer: the sink may have taken the event or not
   */
  int post(CloudEvent event) throws IOException, InterruptedException;
}
