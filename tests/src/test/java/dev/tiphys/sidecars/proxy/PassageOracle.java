package dev.tiphys.sidecars.proxy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.sidecars.proxy.Passage.Result;
import dev.tiphys.tests.fuzz.Expect;
import dev.tiphys.tests.fuzz.Oracle;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Count;
import dev.tiphys.triggers.plan.Proxied.Function;
import dev.tiphys.triggers.plan.Proxied.Time;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The first byte chooses what is aggregated, every further three are something that happens to a
 * proxy of events: one comes, again or out of order, a stream ends, time goes by, the proxy is
 * killed and begins anew. In this package, since the decisions are its own. What is published is
 * what a reader of the whole story would compute.
 */
public final class PassageOracle implements Oracle {
  private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
  private static final List<String> STREAMS = List.of("a", "b");
  private static final List<String> KEYS = List.of("", "k", "l");
  private static final List<String> NUMBERS = List.of("0", "1", "-1", "2.5", "0.1", "100");
  private static final int OP_BYTES = 3;
  private static final int WINDOW = 3;

  private static final ObjectField FIELD = ObjectField.parse("n").orElseThrow();

  /** The story so far, told naively. */
  private static final class Naive {
    private final Aggregate aggregate;
    private final Set<String> taken = new HashSet<>();
    private final TreeMap<String, Long> ends = new TreeMap<>();
    private final List<Open> open = new ArrayList<>();
    private final List<String> results = new ArrayList<>();

    Naive(Aggregate aggregate) {
      this.aggregate = aggregate;
    }

    private record Open(String key, Instant opened, List<Contribution> of) {}

    void take(Entry.Taken event) {
      Contribution contribution = event.contribution();
      if (!taken.add(event.stream() + event.number()) || contribution == null) {
        return;
      }
      Open window =
          open.stream()
              .filter(it -> it.key.equals(contribution.key()))
              .findFirst()
              .orElseGet(
                  () -> {
                    Open fresh = new Open(contribution.key(), event.at(), new ArrayList<>());
                    open.add(fresh);
                    return fresh;
                  });
      window.of.add(contribution);
      if (aggregate.window() instanceof Count(int events) && window.of.size() >= events) {
        close(window);
      }
    }

    void expire(Instant now) {
      if (aggregate.window() instanceof Time(int seconds)) {
        List.copyOf(open).stream()
            .filter(it -> !now.isBefore(it.opened.plusSeconds(seconds)))
            .forEach(this::close);
      }
    }

    void end(String stream, long last) {
      ends.put(stream, last);
    }

    boolean over() {
      return STREAMS.stream()
          .allMatch(
              stream -> {
                Long last = ends.get(stream);
                if (last == null) {
                  return false;
                }
                for (long number = 1; number <= last; number++) {
                  if (!taken.contains(stream + number)) {
                    return false;
                  }
                }
                return true;
              });
    }

    void closeAll() {
      List.copyOf(open).forEach(this::close);
    }

    private void close(Open window) {
      open.remove(window);
      List<BigDecimal> numbers = window.of.stream().map(it -> new BigDecimal(it.value())).toList();
      List<Instant> times = window.of.stream().map(Contribution::time).toList();
      Object value =
          switch (aggregate.function()) {
            case COUNT -> BigDecimal.valueOf(window.of.size());
            case SUM -> numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            case MIN -> numbers.stream().reduce(BigDecimal::min).orElseThrow();
            case MAX -> numbers.stream().reduce(BigDecimal::max).orElseThrow();
            case LAST -> window.of.getLast().value();
          };
      results.add(
          "%s %s %d %s %s"
              .formatted(
                  aggregate.key() == null ? "" : window.key,
                  value instanceof BigDecimal number
                      ? number.stripTrailingZeros().toPlainString()
                      : value,
                  window.of.size(),
                  Collections.min(times),
                  Collections.max(times)));
    }
  }

  @Override
  public void check(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    Function[] functions = Function.values();
    boolean keyed = (input[0] & 0x40) != 0;
    Aggregate aggregate =
        new Aggregate(
            functions[(input[0] & 0x0F) % functions.length],
            FIELD,
            keyed ? FIELD : null,
            (input[0] & 0x20) != 0 ? new Count(WINDOW) : new Time(WINDOW));
    Naive naive = new Naive(aggregate);
    Passage passage = new Passage(aggregate, STREAMS, Passage.Kept.NOTHING);
    List<Result> results = new ArrayList<>();
    Instant now = START;
    for (int at = 1; at + OP_BYTES <= input.length; at += OP_BYTES) {
      int kind = (input[at] & 0xFF) % 8;
      int one = input[at + 1] & 0xFF;
      int other = input[at + 2] & 0xFF;
      switch (kind) {
        case 0, 1, 2 -> {
          Contribution contribution =
              kind == 2
                  ? null
                  : new Contribution(
                      keyed ? KEYS.get(other % KEYS.size()) : "",
                      NUMBERS.get(other / KEYS.size() % NUMBERS.size()),
                      START.plusSeconds(other));
          Entry.Taken taken =
              new Entry.Taken(STREAMS.get(one & 1), 1 + (one >> 1) % 16, now, contribution);
          naive.take(taken);
          results.addAll(passage.apply(taken));
        }
        case 3 -> {
          Entry.Ended ended = new Entry.Ended(STREAMS.get(one & 1), other % 17);
          naive.end(ended.stream(), ended.last());
          results.addAll(passage.apply(ended));
        }
        case 4, 5 -> {
          now = now.plusMillis(one * 20L);
          if (passage.expires(now)) {
            results.addAll(passage.apply(new Entry.Expired(now)));
          }
          naive.expire(now);
        }
        case 6 -> {
          List<Result> waiting = passage.waiting();
          passage =
              new Passage(
                  aggregate, STREAMS, Json.read(Json.write(passage.kept()), Passage.Kept.class));
          Expect.same(waiting, passage.waiting(), "what waits in the next life");
        }
        default -> acknowledge(passage, results, one);
      }
      Expect.same(naive.over(), passage.over(), "whether it is over after " + at);
      if (naive.over()) {
        naive.closeAll();
      }
    }
    Expect.same(naive.results, told(results, keyed), "the results of " + aggregate);
    for (int i = 0; i < results.size(); i++) {
      Expect.same(i + 1L, results.get(i).number(), "the number of a result");
    }
  }

  private static void acknowledge(Passage passage, List<Result> results, int one) {
    if (results.isEmpty()) {
      return;
    }
    long upTo = Math.max(passage.acknowledged(), 1 + one % results.size());
    passage.apply(new Entry.Acknowledged(upTo));
    Expect.same(
        results.stream().filter(it -> it.number() > upTo).toList(),
        passage.waiting(),
        "what waits");
  }

  private static List<String> told(List<Result> results, boolean keyed) throws IOException {
    List<String> told = new ArrayList<>();
    for (Result result : results) {
      JsonNode data =
          Json.mapper()
              .reader()
              .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .readTree(result.data());
      JsonNode value = data.path("value");
      told.add(
          "%s %s %d %s %s"
              .formatted(
                  keyed ? data.path("key").asText() : "",
                  value.isNumber()
                      ? value.decimalValue().stripTrailingZeros().toPlainString()
                      : value.asText(),
                  data.path("count").asInt(),
                  data.path("from").asText(),
                  data.path("to").asText()));
    }
    return told;
  }
}
