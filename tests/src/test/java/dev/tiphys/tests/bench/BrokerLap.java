package dev.tiphys.tests.bench;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.Served;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.embedded.EmbeddedBroker;
import dev.tiphys.triggers.kafka.KafkaBroker;
import dev.tiphys.triggers.kafka.KafkaServer;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Through a broker with one Trigger. */
final class BrokerLap extends Lap {
  private static final List<Trigger> TRIGGERS =
      List.of(
          new Trigger(
              "coins",
              new Filter.Exact(Map.of("type", "coin")),
              new Trigger.Address("functions", "/start"),
              new Delivery(0, Delivery.BackoffPolicy.LINEAR, Duration.ZERO, null)));
  private static final Subscriber NOTHING = event -> Subscriber.Response.accepted();

  private final CloudEvent event = event();
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final Broker broker;
  private final Runnable end;

  BrokerLap(CarrierBenchmark.Carrier carrier) throws IOException {
    Served.Opened opened =
        switch (carrier) {
          case EMBEDDED -> {
            EmbeddedBroker embedded =
                new EmbeddedBroker(TRIGGERS, address -> NOTHING, scheduler, new Arrivals());
            yield new Served.Opened(embedded, embedded::close);
          }
          case KAFKA -> {
            KafkaBroker kafka =
                KafkaBroker.open(
                    TRIGGERS,
                    address -> NOTHING,
                    scheduler,
                    KafkaServer.shared().settings(),
                    new Arrivals());
            yield new Served.Opened(kafka, kafka::close);
          }
        };
    broker = opened.broker();
    end = opened.close();
  }

  @Override
  void send() {
    CompletionStage<Void> _ = broker.publish(event);
  }

  @Override
  public void close() {
    end.run();
    scheduler.close();
  }

  private final class Arrivals implements BrokerEvents {
    @Override
    public void delivered(Trigger trigger, CloudEvent delivered, Subscriber.Response response) {
      arrived();
    }
  }
}
