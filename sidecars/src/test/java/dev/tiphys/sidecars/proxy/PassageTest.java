package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.sidecars.proxy.Passage.Result;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Function;
import dev.tiphys.triggers.plan.Proxied.Time;
import dev.tiphys.triggers.plan.Proxied.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final ObjectField FIELD = ObjectField.parse("content").orElseThrow();

  @ParameterizedTest
  @CsvSource({"COUNT, 3", "SUM, 6.5", "MIN, -1", "MAX, 5", "LAST, '\"2.5\"'"})
  void aWindowTellsWhatItsEventsComeTo(Function function, String value) {
    // Given
    Passage passage = passage(function, new Count(3));
    // When
    passage.apply(taken(1, "5", NOON));
    passage.apply(taken(2, "-1", NOON.plusSeconds(9)));
    List<Result> results = passage.apply(taken(3, "2.5", NOON.plusSeconds(4)));
    // Then
    assertThat(results)
        .containsExactly(
            new Result(
                1,
                "{\"value\":%s,\"count\":3,\"from\":\"2026-01-02T12:00:00Z\",\"to\":\"2026-01-02T12:00:09Z\"}"
                    .formatted(value)));
  }

  @Test
  void aWindowOfTimeIsOpenForSoLongAfterItsFirstEvent() {
    // Given
    Passage passage = passage(Function.COUNT, new Time(30));
    passage.apply(taken(1, "", NOON));
    passage.apply(taken(2, "", NOON.plusSeconds(29)));
    // When
    boolean early = passage.expires(NOON.plusMillis(29_999));
    boolean due = passage.expires(NOON.plusSeconds(30));
    List<Result> results = passage.apply(new Entry.Expired(NOON.plusSeconds(30)));
    // Then
    assertThat(early).isFalse();
    assertThat(due).isTrue();
    assertThat(results).singleElement().extracting(Result::data).asString().contains("\"count\":2");
  }

  @Test
  void theLastWindowIsClosedWithTheStream() {
    // Given
    Passage passage = passage(Function.COUNT, new Count(10));
    passage.apply(taken(1, "", NOON));
    // When: the end is known before the last event
    List<Result> atEnd = passage.apply(new Entry.Ended("s", 2));
    List<Result> atLast = passage.apply(taken(2, "", NOON));
    // Then
    assertThat(atEnd).isEmpty();
    assertThat(atLast).singleElement().extracting(Result::data).asString().contains("\"count\":2");
    assertThat(passage.over()).isTrue();
  }

  @Test
  void ofTooManyKeysTheOldestWindowIsClosedBeforeItsTime() {
    // Given
    Passage passage = passage(Function.COUNT, new Count(10));
    for (int n = 1; n <= Passage.MAX_WINDOWS; n++) {
      passage.apply(taken(n, "key-" + n, "", NOON));
    }
    // When
    List<Result> results = passage.apply(taken(Passage.MAX_WINDOWS + 1, "one more", "", NOON));
    // Then
    assertThat(results).singleElement().extracting(Result::data).asString().contains("\"count\":1");
  }

  @Test
  void whatIsAcknowledgedWaitsNoLonger() {
    // Given
    Passage passage = new Passage(null, List.of(), Passage.Kept.NOTHING);
    passage.apply(new Entry.Observed("1"));
    passage.apply(new Entry.Observed("2"));
    // When
    passage.apply(new Entry.Acknowledged(1));
    // Then
    assertThat(passage.waiting()).containsExactly(new Result(2, "2"));
  }

  @Test
  void afterAStopNothingWaits() {
    // Given
    Passage passage = new Passage(null, List.of(), Passage.Kept.NOTHING);
    passage.apply(new Entry.Observed("1"));
    // When
    passage.apply(new Entry.Stopped());
    passage.apply(new Entry.Observed("2"));
    // Then
    assertThat(passage.waiting()).isEmpty();
    assertThat(passage.stopped()).isTrue();
  }

  private static Passage passage(Function function, Window window) {
    return new Passage(
        new Aggregate(function, FIELD, null, window), List.of("s"), Passage.Kept.NOTHING);
  }

  private static Entry taken(long number, String value, Instant at) {
    return taken(number, "", value, at);
  }

  private static Entry taken(long number, String key, String value, Instant at) {
    return new Entry.Taken("s", number, at, new Contribution(key, value, at));
  }
}
