package dev.tiphys.cli.run;

import dev.tiphys.triggers.broker.Broker;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Enters into the books what a broker takes. */
record AccountedBroker(Broker broker, EventAccounts accounts) implements Broker {
  @Override
  public CompletionStage<Void> publish(CloudEvent event) {
    List<String> listeners = accounts.entering(event);
    CompletionStage<Void> taken = broker.publish(event);
    CompletionStage<Void> _ =
        taken.whenComplete(
            (none, failure) -> {
              if (failure == null) {
                accounts.taken(event, listeners);
              } else {
                accounts.withdrawn(event);
              }
            });
    // not the dependent stage: whoever cancels has to reach the broker
    return taken;
  }
}
