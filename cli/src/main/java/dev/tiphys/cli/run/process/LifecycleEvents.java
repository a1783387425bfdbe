package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes starts and ends of instances: what the run watcher does on a cluster. A full broker
 * holds up the instance's thread; a closed one means that nobody is interested any more.
 */
public record LifecycleEvents(Broker broker, Keys keys, InstantSource clock)
    implements InstanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleEvents.class);

  @Override
  public void changed(Instance instance) {
    Optional<CloudEvent> event =
        switch (instance.state()) {
          case GATED, PENDING -> Optional.empty();
          case RUNNING -> Optional.of(event(instance, EventTypes.TASK_STARTED));
          case SUCCEEDED, FAILED, STOPPED -> Optional.of(event(instance, EventTypes.TASK_ENDED));
        };
    event.ifPresent(this::publish);
  }

  private void publish(CloudEvent event) {
    try {
      broker.publish(event).toCompletableFuture().join();
    } catch (CompletionException e) {
      LOG.debug("the broker is closed; not published: {}", event, e);
    }
  }

  private CloudEvent event(Instance instance, String type) {
    Instance.Identity identity = instance.identity();
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId(identity.name() + "/" + type)
            .withSource(URI.create("/tiphys/" + identity.workflow() + "/" + identity.run()))
            .withType(type)
            .withSubject(identity.name())
            .withTime(clock.instant().atOffset(ZoneOffset.UTC))
            .withExtension(Attributes.WORKFLOW, identity.workflow())
            .withExtension(Attributes.RUN, identity.run())
            .withExtension(Attributes.TASK, identity.task())
            .withExtension(Attributes.INSTANCE, identity.name())
            .withExtension(Attributes.PARTITION_KEY, identity.run())
            .build();
    return keys.of(identity.run()).map(its -> its.control().sign(event)).orElse(event);
  }
}
