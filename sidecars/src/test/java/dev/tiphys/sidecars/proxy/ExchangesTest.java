package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.proxy.ExchangeData.Message;
import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.Proxied.Body;
import dev.tiphys.triggers.plan.Proxied.Match;
import dev.tiphys.triggers.plan.Proxied.Requests;
import dev.tiphys.triggers.plan.Proxied.Sample;
import dev.tiphys.triggers.plan.Proxied.Statuses;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private final FakeSink sink = FakeSink.healthy();

  @Test
  void onlyWhatMatchesBecomesAnEvent() throws Exception {
    // Given
    Match match = new Match(new TreeSet<>(Set.of("GET")), "/a/.*", List.of(new Statuses(200, 299)));
    Exchanges exchanges = new Exchanges(stream(sink, Limits.DEFAULT), requests(match, Sample.ALL));
    // When
    exchanges.ended(exchange("GET", "/a/1", 200));
    exchanges.ended(exchange("PUT", "/a/2", 200));
    exchanges.ended(exchange("GET", "/b/3", 200));
    exchanges.ended(exchange("GET", "/a/4", 404));
    exchanges.ended(exchange("GET", "/a/5", null));
    exchanges.end();
    // Then
    assertThat(told("path")).containsExactly("/a/1");
  }

  @Test
  void aSampleIsEvenAndTheSameEachTime() throws Exception {
    // Given
    Exchanges exchanges =
        new Exchanges(stream(sink, Limits.DEFAULT), requests(Match.all(), new Sample(2, 5)));
    // When
    for (int n = 1; n <= 10; n++) {
      exchanges.ended(exchange("GET", "/" + n, 200));
    }
    exchanges.end();
    // Then
    assertThat(told("path")).containsExactly("/3", "/5", "/8", "/10");
  }

  @Test
  void whatThereWasNoRoomForIsToldByTheNextEvent() throws Exception {
    // Given: a sink that answers nobody, and a queue of one
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    Transport slow =
        event -> {
          busy.countDown();
          open.await();
          return sink.post(event);
        };
    Limits one =
        new Limits(
            1, 1 << 20, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9));
    ProxyStream stream = stream(slow, one);
    Exchanges exchanges = new Exchanges(stream, requests(Match.all(), Sample.ALL));
    exchanges.ended(exchange("GET", "/sent", 200));
    busy.await();
    exchanges.ended(exchange("GET", "/queued", 200));
    // When
    exchanges.ended(exchange("GET", "/missed", 200));
    exchanges.ended(exchange("GET", "/missed", 200));
    open.countDown();
    exchanges.end();
    Fixtures.await(stream.publisher().done());
    // Then
    assertThat(told("path")).containsExactly("/sent", "/queued", "");
    assertThat(told("missed")).containsExactly("", "", "2");
  }

  private List<String> told(String field) {
    Conditions.await(() -> !sink.taken().isEmpty() && Position.endsStream(sink.taken().getLast()));
    ObjectField path = ObjectField.parse(field).orElseThrow();
    return sink.events().stream().map(event -> path.valueIn(event).orElse("")).toList();
  }

  private static ProxyStream stream(Transport transport, Limits limits) throws Exception {
    return ProxyStream.start(
        new ProxyStream.Memory(Journal.NONE, new Passage(null, List.of(), Passage.Kept.NOTHING)),
        OnStop.DISCARD,
        Fixtures.contract().withLimits(limits),
        transport,
        Fixtures.surroundings());
  }

  private static Requests requests(Match match, Sample sample) {
    return new Requests(null, match, sample, Body.NONE, 0, new TreeSet<>());
  }

  private static ExchangeData exchange(String method, String path, @Nullable Integer status) {
    Message nothing = new Message(0, new TreeMap<>(), null, false, false);
    return new ExchangeData(method, "host", path, status, 1, nothing, nothing, null, 0);
  }
}
