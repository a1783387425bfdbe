package dev.tiphys.cli.run;

import dev.tiphys.triggers.broker.Broker;
import io.cloudevents.CloudEvent;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells of every event that the broker has taken. Who is told must be quick. */
record TappedBroker(Broker broker, Consumer<CloudEvent> tap) implements Broker {
  @Override
  public CompletionStage<Void> publish(CloudEvent event) {
    CompletionStage<Void> taken = broker.publish(event);
    CompletionStage<Void> _ = taken.thenRun(() -> tap.accept(event));
    // not the dependent stage: whoever cancels has to reach the broker
    return taken;
  }
}
