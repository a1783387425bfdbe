package dev.tiphys.triggers.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.http.BareServer;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Subscribers behind HTTP, for brokers that deliver over it: each at its address's path. */
public final class SubscriberServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** On this machine alone. */
  public SubscriberServer(Map<Trigger.Address, Subscriber> subscribers) {
    this(subscribers, InetAddress.getLoopbackAddress());
  }

  /** At this address of this machine. */
  public SubscriberServer(Map<Trigger.Address, Subscriber> subscribers, InetAddress address) {
    server = BareServer.at(address);
    server.setExecutor(threads);
    subscribers.forEach(
        (of, subscriber) ->
            server.createContext(of.path(), exchange -> serve(exchange, subscriber)));
    server.start();
  }

  /** Where that Subscriber is. */
  public URI uri(Trigger.Address address) {
    InetSocketAddress bound = server.getAddress();
    return URI.create(
        "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + address.path());
  }

  /** A Subscriber without an answer breaks the connection off, one that throws answers 500. */
  private static void serve(HttpExchange exchange, Subscriber subscriber) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (HttpEvents.read(exchange.getRequestHeaders(), body)
          instanceof Received.Event(CloudEvent event)) {
        answer(exchange, responseOf(subscriber, event));
      } else {
        exchange.sendResponseHeaders(400, -1);
      }
    }
  }

  private static Response responseOf(Subscriber subscriber, CloudEvent event) throws IOException {
    try {
      return subscriber.deliver(event);
    } catch (RuntimeException e) {
      return Response.problem(500, e.toString());
    }
  }

  private static void answer(HttpExchange exchange, Response response) throws IOException {
    CloudEvent reply = response.reply();
    byte[] body =
        reply == null
            ? response.problem().getBytes(StandardCharsets.UTF_8)
            : HttpEvents.write(reply, exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
