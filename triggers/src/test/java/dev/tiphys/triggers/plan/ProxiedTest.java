package dev.tiphys.triggers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Proxied.Sample;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiedTest {
  @Property
  void aSampleTakesExactlySoManyOfEverySoMany(
      @ForAll @IntRange(min = 1, max = 100) int every,
      @ForAll @IntRange(min = 1, max = 100) int of,
      @ForAll @IntRange(min = 0, max = 1_000_000_000) int before) {
    Sample sample = new Sample(Math.min(of, every), every);
    long taken =
        LongStream.rangeClosed(before + 1L, (long) before + every).filter(sample::takes).count();
    assertThat(taken).isEqualTo(sample.of());
  }

  @ParameterizedTest
  @CsvSource({
    "GREATER,20,true",
    "GREATER,21.5,false",
    "EQUAL,21.5,true",
    "LESS,abc,false",
    "GREATER,abc,false",
    "NOT_EQUAL,abc,true"
  })
  void aFieldIsComparedAsANumberWhereBothAreNumbers(
      Operator operator, String value, boolean holds) {
    CloudEvent event = event("{\"content\":\"21.5\"}");
    assertThat(new Proxied.Field(field("content"), operator, value).holds(event)).isEqualTo(holds);
  }

  @Test
  void anEventThatLacksTheFieldDoesNotPass() {
    Proxied.Events events =
        new Proxied.Events(
            new TreeSet<>(),
            List.of(new Proxied.Field(field("content"), Operator.NOT_EQUAL, "x")),
            null);
    assertThat(events.admits(event("{}"))).isFalse();
  }

  @Test
  void aProxyIsReadBackFromJsonAsItWas() {
    // Given
    EventSidecar.Common common =
        new EventSidecar.Common("p", "tiphys/networkproxy", "r", new TreeMap<>(), null);
    EventSidecar requests =
        new EventSidecar.NetworkProxy(
            common,
            8888,
            new Proxied.Requests(
                URI.create("http://localhost:80"),
                new Proxied.Match(
                    new TreeSet<>(Set.of("GET")), "/.*", List.of(new Proxied.Statuses(200, 299))),
                new Sample(1, 4),
                Proxied.Body.BOTH,
                100,
                new TreeSet<>()),
            EventSidecar.OnStop.DRAIN);
    EventSidecar events =
        new EventSidecar.NetworkProxy(
            common,
            8889,
            new Proxied.Events(
                new TreeSet<>(Set.of("lines")),
                List.of(),
                new Proxied.Aggregate(
                    Proxied.Function.MAX, field("a.b[0]"), null, new Proxied.Time(30))),
            EventSidecar.OnStop.DISCARD);
    // Then
    for (EventSidecar sidecar : List.of(requests, events)) {
      assertThat(Json.read(Json.write(sidecar), EventSidecar.class)).isEqualTo(sidecar);
    }
  }

  private static ObjectField field(String path) {
    return ObjectField.parse(path).orElseThrow();
  }

  private static CloudEvent event(String json) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/s"))
        .withType("t")
        .withData("application/json", json.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
