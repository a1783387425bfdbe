package dev.tiphys.cli.run;

import dev.tiphys.triggers.broker.Broker;
import io.cloudevents.CloudEvent;
import java.util.concurrent.CompletionStage;

/** Counts what enters a broker before the broker answers. */
record BackloggedBroker(Broker broker, OutsideBacklog backlog) implements Broker {
  @Override
  public CompletionStage<Void> publish(CloudEvent event) {
    backlog.taken(event);
    CompletionStage<Void> taken = broker.publish(event);
    CompletionStage<Void> _ =
        taken.whenComplete(
            (none, failure) -> {
              if (failure != null) {
                backlog.handled(event);
              }
            });
    // not the dependent stage: whoever cancels has to reach the broker
    return taken;
  }
}
