package dev.tiphys.sidecars.carrier;

import dev.tiphys.sidecars.program.Program;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.http.HttpIngress;
import dev.tiphys.triggers.http.HttpSubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The carrier at work. What it has acknowledged is kept by what is behind it, so it may be killed
 * at any time.
 */
public final class CarrierProgram implements Program {
  /** Where it listens, unless {@code PORT} says otherwise. */
  static final int PORT = 8080;

  /** For a Subscriber that has to start first. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(CarrierProgram.class);

  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final Carrier carrier;
  private final HttpIngress ingress;

  private CarrierProgram(
      CarrierSettings settings, Function<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    this.carrier = Carrier.open(settings, subscribers, scheduler);
    this.ingress =
        HttpIngress.startForAll(
            carrier.broker(),
            new HttpIngress.Options(settings.port(), carrier.maxBodyBytes(), HttpIngress.DEADLINE));
    log.info("carries the events of {} Triggers", settings.triggers().size());
  }

  /**
   * Starts it.
   *
   * @throws IOException if what is behind it does not answer, or the port is taken
   */
  public static Start start(Map<String, String> environment) throws IOException {
    return switch (CarrierSettings.from(environment)) {
      case CarrierSettings.Usable(CarrierSettings settings) -> {
        HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        yield new Started(
            open(
                settings,
                address -> new HttpSubscriber(client, uri(address, settings.namespace()), ANSWER)));
      }
      case CarrierSettings.Unusable(List<String> problems) -> new WrongSettings(problems);
    };
  }

  /** With these Subscribers. */
  static CarrierProgram open(
      CarrierSettings settings, Function<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    return new CarrierProgram(settings, subscribers);
  }

  /** A Service's, as every cluster resolves it. */
  static URI uri(Trigger.Address address, String namespace) {
    return URI.create("http://" + address.service() + "." + namespace + ".svc" + address.path());
  }

  /** Where it takes events, from this machine. */
  URI ingress() {
    return ingress.uri();
  }

  @Override
  public int end() {
    ingress.close();
    carrier.end().run();
    scheduler.close();
    return OK;
  }

  @Override
  public CompletableFuture<Void> failed() {
    return carrier.failed();
  }
}
