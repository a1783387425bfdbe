package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.sidecars.proxy.Passage.Result;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Function;
import dev.tiphys.triggers.plan.Proxied.Time;
import dev.tiphys.triggers.plan.Proxied.Window;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PassagePropertyTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  /**
   * Events of two streams: the n-th has the value 2^n, so that a sum tells which are in it.
   *
   * @param entries in any order, some twice, with time going by between them
   */
  record Story(Window window, int events, List<Entry> entries) {}

  @Property
  void everyEventIsInExactlyOneResultWhateverTheOrderAndHoweverOftenItComes(
      @ForAll("stories") Story story) throws Exception {
    // When
    Passage passage = passage(story, Passage.Kept.NOTHING);
    List<Result> results = applied(passage, story.entries());

    // Then
    BigInteger all = BigInteger.ZERO;
    for (Result result : results) {
      BigInteger sum = sum(result);
      assertThat(all.and(sum)).as("an event in two results").isZero();
      assertThat(sum.bitCount()).isEqualTo(count(result));
      all = all.or(sum);
    }
    assertThat(all.bitCount()).isEqualTo(story.events());
    assertThat(passage.over()).isTrue();
    assertThat(results.stream().map(Result::number).toList())
        .isEqualTo(IntStream.rangeClosed(1, results.size()).mapToObj(Long::valueOf).toList());
  }

  @Property
  void aLifeThatEndsAnywhereIsGoneOnWithAsIfNothingHadBeen(
      @ForAll("stories") Story story, @ForAll Random random) {
    // Given
    int cut = random.nextInt(story.entries().size() + 1);
    List<Result> whole = applied(passage(story, Passage.Kept.NOTHING), story.entries());

    // When
    Passage first = passage(story, Passage.Kept.NOTHING);
    List<Result> results = new ArrayList<>(applied(first, story.entries().subList(0, cut)));
    Passage second = passage(story, Json.read(Json.write(first.kept()), Passage.Kept.class));
    results.addAll(applied(second, story.entries().subList(cut, story.entries().size())));

    // Then
    assertThat(results).isEqualTo(whole);
    assertThat(second.waiting()).isEqualTo(whole);
  }

  @Provide
  Arbitrary<Story> stories() {
    Arbitrary<Window> windows =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 7).map(Count::new),
            Arbitraries.integers().between(1, 7).map(Time::new));
    return Combinators.combine(
            windows, Arbitraries.integers().between(0, 40), Arbitraries.randoms())
        .as(PassagePropertyTest::story);
  }

  private static Story story(Window window, int events, Random random) {
    List<Entry.Taken> taken = new ArrayList<>();
    long[] numbers = new long[2];
    for (int n = 0; n < events; n++) {
      int stream = random.nextInt(2);
      String value = BigInteger.TWO.pow(n).toString();
      Contribution contribution = new Contribution("key-" + random.nextInt(3), value, NOON);
      taken.add(new Entry.Taken("s" + stream, ++numbers[stream], NOON, contribution));
    }
    for (int twice = random.nextInt(5); twice > 0 && events > 0; twice--) {
      taken.add(taken.get(random.nextInt(events)));
    }
    Collections.shuffle(taken, random);
    List<Entry> entries = new ArrayList<>();
    Instant now = NOON;
    for (Entry.Taken one : taken) {
      now = now.plusMillis(random.nextInt(2000));
      entries.add(new Entry.Expired(now));
      entries.add(new Entry.Taken(one.stream(), one.number(), now, one.contribution()));
    }
    entries.add(random.nextInt(entries.size() + 1), new Entry.Ended("s0", numbers[0]));
    entries.add(random.nextInt(entries.size() + 1), new Entry.Ended("s1", numbers[1]));
    return new Story(window, events, entries);
  }

  private static Passage passage(Story story, Passage.Kept kept) {
    ObjectField any = ObjectField.parse("any").orElseThrow();
    return new Passage(
        new Aggregate(Function.SUM, any, any, story.window()), List.of("s0", "s1"), kept);
  }

  private static List<Result> applied(Passage passage, List<Entry> entries) {
    return entries.stream().flatMap(entry -> passage.apply(entry).stream()).toList();
  }

  private static BigInteger sum(Result result) throws Exception {
    return new BigInteger(
        Json.parse(result.data().getBytes(StandardCharsets.UTF_8)).get("value").asText());
  }

  private static int count(Result result) throws Exception {
    return Json.parse(result.data().getBytes(StandardCharsets.UTF_8)).get("count").intValue();
  }
}
