package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.SubscriberServer;
import dev.tiphys.triggers.http.HttpSubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The embedded broker keeps the contract when its Subscribers are behind HTTP, too. */
class EmbeddedBrokerOverHttpContractTest extends EmbeddedBrokerContractTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    SubscriberServer server = new SubscriberServer(subscribers);
    HttpClient client = HttpClient.newHttpClient();
    Map<Trigger.Address, Subscriber> remote = new LinkedHashMap<>();
    subscribers
        .keySet()
        .forEach(
            address ->
                remote.put(address, new HttpSubscriber(client, server.uri(address), TIMEOUT)));
    Running broker = super.start(triggers, remote);
    return new Running() {
      @Override
      public URI ingress() {
        return broker.ingress();
      }

      @Override
      public void close() throws IOException {
        broker.close();
        server.close();
        client.shutdownNow();
      }
    };
  }
}
