package dev.tiphys.tests.cluster;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.HttpTransport;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.SigningKey;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Events of one run, as a sidecar publishes them and as a bare client posts them. */
final class CarriedEvents implements AutoCloseable {
  static final String TYPE = "coin";
  static final String TEXT = "{\"content\":\"heads\"}";

  private static final String RUN = "coinflip-1";
  private static final int SUCCESS = 2;

  private final URI sink;
  private final AtomicInteger numbers = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Publisher publisher;

  CarriedEvents(URI sink, int window) {
    this.sink = sink;
    this.publisher =
        Publisher.start(
            new Contract(
                sink,
                new Origin("coinflip", RUN, "flip-coin", "flip-coin-x", "uid-7", "watcher"),
                TYPE,
                new TreeMap<>(),
                new TreeMap<>(),
                SigningKey.parse("1." + "k".repeat(43)).orElseThrow(),
                Limits.DEFAULT.withWindow(window)),
            "stdout",
            HttpTransport.to(sink),
            Surroundings.real());
  }

  /** Hands one to the publisher, which has a window of its own. */
  CompletionStage<?> publish() throws InterruptedException {
    publisher.publish(Emission.of(Map.of("content", "heads")));
    return CompletableFuture.completedFuture(null);
  }

  /** Posts one; completes when it is acknowledged. */
  CompletionStage<?> postBare() {
    HttpRequest request =
        HttpRequest.newBuilder(sink)
            .header("ce-specversion", "1.0")
            .header("ce-id", Integer.toString(numbers.incrementAndGet()))
            .header("ce-source", "/bare")
            .header("ce-type", TYPE)
            .header("ce-partitionkey", RUN)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(TEXT))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenAccept(
            response -> {
              if (response.statusCode() / 100 != SUCCESS) {
                throw new IllegalStateException("answered " + response.statusCode());
              }
            });
  }

  /** One as the sidecar's publisher makes it, for what is no HTTP. */
  static CloudEvent event(int number) {
    return CloudEventBuilder.v1()
        .withId("uid-7/watcher/stdout/" + number)
        .withSource(URI.create("/tiphys/coinflip/coinflip-1/flip-coin-x"))
        .withType(TYPE)
        .withExtension(Attributes.RUN, RUN)
        .withExtension(Attributes.PARTITION_KEY, RUN)
        .withData("application/json", TEXT.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  @Override
  public void close() {
    publisher.close();
    http.close();
  }
}
