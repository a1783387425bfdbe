package dev.tiphys.triggers.contract;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.http.HttpIngress;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A broker in this JVM, behind its HTTP ingress. */
public final class Served implements BrokerContract.Running {
  private final Opening opening;
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final Opened opened;
  private final HttpIngress ingress;

  /** Opens the broker, or opens it again. */
  public interface Opening {
    Opened open(Scheduler scheduler) throws IOException;
  }

  /** The broker, and how it is closed. */
  public record Opened(Broker broker, Runnable close) {}

  public Served(Opening opening) throws IOException {
    this.opening = opening;
    this.opened = opening.open(scheduler);
    this.ingress = HttpIngress.start(opened.broker, HttpIngress.Options.DEFAULT);
  }

  /** Finds each Subscriber at its address. */
  public static Function<Trigger.Address, Subscriber> finding(
      Map<Trigger.Address, Subscriber> subscribers) {
    return address -> Objects.requireNonNull(subscribers.get(address));
  }

  @Override
  public URI ingress() {
    return ingress.uri();
  }

  @Override
  public BrokerContract.Running restarted() throws IOException {
    close();
    return new Served(opening);
  }

  @Override
  public void close() {
    ingress.close();
    opened.close.run();
    scheduler.close();
  }
}
