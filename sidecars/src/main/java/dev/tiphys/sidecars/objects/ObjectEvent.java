package dev.tiphys.sidecars.objects;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.ResourceWatch.Change;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/** The event that tells a run of a change; it still lacks the run's signature. */
public final class ObjectEvent {
  private ObjectEvent() {}

  /**
   * The event. That an object was added or deleted is one event, whatever version showed it:
   * whoever begins to watch anew tells it once more, and it is known by its id.
   *
   * @param at when it was seen
   */
  public static CloudEvent of(
      ResourceWatch watch,
      String workflow,
      String run,
      Change change,
      WatchedObject object,
      Instant at) {
    String id =
        switch (change) {
          case ADDED, DELETED -> change.word();
          case UPDATED -> object.version();
        };
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId(object.uid() + "/" + id)
            // two watches may show one object, and their events are two
            .withSource(URI.create("/tiphys/" + workflow + "/" + run + "/" + watch.eventType()))
            .withType(watch.eventType())
            .withSubject(object.name())
            .withTime(at.atOffset(ZoneOffset.UTC))
            .withExtension(Attributes.WORKFLOW, workflow)
            .withExtension(Attributes.RUN, run)
            .withExtension(Attributes.PARTITION_KEY, run)
            .withExtension(Attributes.OBJECT_ACTION, change.word())
            .withExtension(Attributes.OBJECT_KIND, object.kind())
            .withExtension(Attributes.OBJECT_NAME, object.name())
            .withExtension(Attributes.OBJECT_VERSION, object.version())
            .withData("application/json", object.json().getBytes(StandardCharsets.UTF_8));
    if (object.namespace() != null) {
      event.withExtension(Attributes.OBJECT_NAMESPACE, object.namespace());
    }
    if (object.cut()) {
      event.withExtension(Attributes.OBJECT_CUT, true);
    }
    return event.build();
  }
}
