package dev.tiphys.tests.bench;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.HttpTransport;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.http.HttpIngress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events from a sidecar to a broker's ingress on the loopback, in the same JVM; the broker behind
 * it takes everything at once. Beside it the same bodies from a bare HTTP client. The queue before
 * the network is full all the time, so what goes in is what was acknowledged.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // by setUp, since JMH sets the parameters after construction
public class PublisherBenchmark {
  private static final int ACCEPTED = 202;
  private static final SigningKey KEY = SigningKey.parse("1." + "k".repeat(43)).orElseThrow();

  /** Events under way at a time. */
  @Param({"1", "16"})
  public int window;

  private final Emission emission = Emission.of(Map.of("content", "heads"));
  private final LongAdder failures = new LongAdder();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private HttpIngress ingress;
  private Publisher publisher;
  private HttpRequest request;
  private Semaphore underWay;

  /** Opens the ingress. */
  @Setup
  public void setUp() throws IOException {
    ingress =
        HttpIngress.start(
            event -> CompletableFuture.completedFuture(null), HttpIngress.Options.DEFAULT);
    URI uri = ingress.uri();
    publisher =
        Publisher.start(contract(uri), "stdout", HttpTransport.to(uri), Surroundings.real());
    request = request(uri);
    underWay = new Semaphore(window);
  }

  /** Closes the ingress. */
  @TearDown
  public void tearDown() {
    publisher.close();
    long refused = publisher.done().join().refused();
    ingress.close();
    if (refused + failures.sum() > 0) {
      throw new IllegalStateException("the ingress does not take the events");
    }
  }

  @Benchmark
  public void publisher() throws InterruptedException {
    publisher.publish(emission);
  }

  /** One request, made once, sent again and again. */
  @Benchmark
  public void bareHttpClient() throws InterruptedException {
    underWay.acquire();
    CompletableFuture<HttpResponse<Void>> _ =
        client
            .sendAsync(request, BodyHandlers.discarding())
            .whenComplete(
                (response, failure) -> {
                  if (failure != null || response.statusCode() != ACCEPTED) {
                    failures.increment();
                  }
                  underWay.release();
                });
  }

  private Contract contract(URI sink) {
    return new Contract(
        sink,
        new Origin("coinflip", "coinflip-1", "flip-coin", "flip-coin-x", "uid-7", "watcher"),
        "coin",
        new TreeMap<>(),
        new TreeMap<>(),
        KEY,
        Limits.DEFAULT.withWindow(window));
  }

  private HttpRequest request(URI sink) {
    return HttpRequest.newBuilder(sink)
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "/benchmark")
        .header("ce-type", "coin")
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofByteArray(emission.data().toBytes()))
        .build();
  }
}
