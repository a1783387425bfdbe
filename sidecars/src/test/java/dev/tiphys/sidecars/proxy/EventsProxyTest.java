package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.HttpTransport;
import dev.tiphys.sidecars.publish.StreamEvents;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.Condition.Operator;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Events;
import dev.tiphys.triggers.plan.Proxied.Field;
import dev.tiphys.triggers.plan.Proxied.Function;
import io.cloudevents.CloudEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker that a proxy is to the other sidecars of its task, over HTTP. */
class EventsProxyTest {
  private static final ObjectField CONTENT = ObjectField.parse("content").orElseThrow();

  @TempDir Path state;
  private final FakeSink sink = FakeSink.healthy();
  private @Nullable NetworkProxy proxy;

  @AfterEach
  void close() {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void aWindowIsPublishedWhenItIsFullAndTheLastOneAtTheEnd() throws Exception {
    // Given
    start(sums());
    // When
    List<Integer> statuses =
        List.of(post(line(1, "21")), post(line(2, "22")), post(line(3, "5")), post(line(4, "30")));
    post(lines(feeder("lines")).marker(4, 0, Fixtures.NOW));
    Fixtures.await(running().done());
    // Then
    assertThat(statuses).containsOnly(202);
    assertThat(values()).containsExactly("43", "30");
    assertThat(sink.marker().getId()).isEqualTo("uid-7/watcher/proxy/end");
  }

  @Test
  void anEventThatComesTwiceCountsOnce() throws Exception {
    // Given
    start(sums());
    // When
    post(line(1, "21"));
    post(line(1, "21"));
    post(line(2, "22"));
    // Then
    Conditions.await(() -> sink.events().size() == 1);
    assertThat(values()).containsExactly("43");
  }

  @Test
  void whoeverHasNotTheKeyOrIsNoSidecarOfTheTaskIsRefused() throws Exception {
    // Given
    start(sums());
    SigningKey other = key();
    // When
    int forged = post(lines(other).event(1, content("21"), Fixtures.NOW));
    int stranger =
        post(
            new StreamEvents(contract("stranger", feeder("stranger")), "s")
                .event(1, content("21"), Fixtures.NOW));
    int noEvent = get();
    post(line(1, "21"));
    post(line(2, "22"));
    // Then
    assertThat(List.of(forged, stranger, noEvent)).containsExactly(403, 403, 405);
    Conditions.await(() -> sink.events().size() == 1);
    assertThat(values()).containsExactly("43");
  }

  @Test
  void withoutAnAggregateWhatPassesTheFilterGoesOn() throws Exception {
    // Given
    start(new Events(new TreeSet<>(Set.of("lines")), warm(), null));
    // When
    post(line(1, "19"));
    post(line(2, "21"));
    post(lines(feeder("lines")).marker(2, 0, Fixtures.NOW));
    Fixtures.await(running().done());
    // Then
    assertThat(sink.events()).hasSize(1);
    assertThat(CONTENT.valueIn(sink.events().getFirst())).contains("21");
    assertThat(Fixtures.numbers(sink.events())).containsExactly(1L);
  }

  @Test
  void aNextLifeGoesOnWithTheSameWindowsAndNumbers() throws Exception {
    // Given
    start(sums());
    post(line(1, "21"));
    post(line(2, "22"));
    post(line(3, "23"));
    Conditions.await(() -> sink.events().size() == 1);
    kill();
    // When: the one that is not known to be acknowledged comes again
    start(sums());
    post(line(3, "23"));
    post(line(4, "24"));
    post(lines(feeder("lines")).marker(4, 0, Fixtures.NOW));
    Fixtures.await(running().done());
    // Then
    assertThat(values()).containsExactly("43", "47");
    assertThat(Fixtures.numbers(sink.events())).containsExactly(1L, 2L);
  }

  @Test
  void aStopThrowsAwayWhatIsNotPublishedAndTheStreamStillEnds() throws Exception {
    // Given
    start(sums());
    post(line(1, "21"));
    // When
    running().stopped();
    post(lines(feeder("lines")).marker(1, 0, Fixtures.NOW));
    Fixtures.await(running().done());
    // Then
    assertThat(sink.events()).isEmpty();
    assertThat(sink.marker().getExtension("discarded")).isEqualTo("1");
  }

  private void start(Events events) throws Exception {
    EventSidecar.Common common =
        new EventSidecar.Common("proxy", "tiphys/networkproxy", "sum", new TreeMap<>(), null);
    proxy =
        NetworkProxy.start(
            new EventSidecar.NetworkProxy(common, 9080, events, OnStop.DISCARD),
            new NetworkProxy.Publishing(Fixtures.contract(), sink, Surroundings.real()),
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            state);
  }

  private NetworkProxy running() {
    if (proxy == null) {
      throw new IllegalStateException("none was started");
    }
    return proxy;
  }

  /**
   * Nothing more is heard of it; its marker, which a kill would not send, is none of the next's.
   */
  private void kill() {
    running().server().close();
  }

  private static Events sums() {
    return new Events(
        new TreeSet<>(Set.of("lines")),
        warm(),
        new Aggregate(Function.SUM, CONTENT, null, new Count(2)));
  }

  private static List<Field> warm() {
    return List.of(new Field(CONTENT, Operator.GREATER, "20"));
  }

  /** Of a sidecar beside the proxy. */
  private static SigningKey feeder(String container) {
    return key().ofFeeder(container, "reading");
  }

  private static SigningKey key() {
    return Fixtures.key();
  }

  private static Contract contract(String container, SigningKey key) {
    Contract plain = Fixtures.contract();
    Origin origin = plain.origin();
    return new Contract(
        plain.sink(),
        new Origin(
            origin.workflow(),
            origin.run(),
            origin.task(),
            origin.instance(),
            origin.instanceUid(),
            container),
        "reading",
        plain.labels(),
        plain.overrides(),
        key,
        plain.limits());
  }

  private static StreamEvents lines(SigningKey key) {
    return new StreamEvents(contract("lines", key), "stdout");
  }

  private static CloudEvent line(int number, String content) {
    return lines(feeder("lines")).event(number, content(content), Fixtures.NOW);
  }

  private static Emission content(String content) {
    return Emission.of(Map.of("content", content));
  }

  private int post(CloudEvent event) throws Exception {
    return HttpTransport.to(address()).post(event);
  }

  private int get() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address()).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + running().port() + "/");
  }

  private List<String> values() {
    ObjectField value = ObjectField.parse("value").orElseThrow();
    return sink.events().stream().map(event -> value.valueIn(event).orElse("")).toList();
  }
}
