package dev.tiphys.cli.run;

import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;

/** Has a run looked at. */
final class RunChanged {
  private RunChanged() {}

  /**
   * The event, not yet signed.
   *
   * @param why tells it from others of the run at the same version
   */
  static CloudEvent of(Run run, String why) {
    return CloudEventBuilder.v1()
        .withId(run.name() + "/" + why + "/" + run.version())
        .withSource(URI.create("/tiphys/" + run.workflow() + "/" + run.name()))
        .withType(EventTypes.RUN_CHANGED)
        .withExtension(Attributes.WORKFLOW, run.workflow())
        .withExtension(Attributes.RUN, run.name())
        .withExtension(Attributes.PARTITION_KEY, run.name())
        .build();
  }
}
