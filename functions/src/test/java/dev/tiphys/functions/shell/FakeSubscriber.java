package dev.tiphys.functions.shell;

import dev.tiphys.triggers.broker.Subscriber;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given and answers as it is told. */
final class FakeSubscriber implements Subscriber {
  private final List<CloudEvent> delivered = new CopyOnWriteArrayList<>();
  private volatile Subscriber behaviour = event -> Response.accepted();

  void behave(Subscriber behaviour) {
    this.behaviour = behaviour;
  }

  List<CloudEvent> delivered() {
    return List.copyOf(delivered);
  }

  @Override
  public Response deliver(CloudEvent event) throws IOException {
    delivered.add(event);
    return behaviour.deliver(event);
  }
}
