package dev.tiphys.sidecars.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Comparison;
import dev.tiphys.triggers.plan.Proxied.Function;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events of one key that go together.
 *
 * @param opened when the first of them came
 * @param value what they come to so far
 * @param from when the earliest of them was made
 * @param to when the latest was
 */
record OpenWindow(String key, Instant opened, String value, long count, Instant from, Instant to) {
  static OpenWindow of(Contribution first, Instant at) {
    return new OpenWindow(first.key(), at, first.value(), 1, first.time(), first.time());
  }

  OpenWindow with(Contribution next, Function function) {
    Instant time = next.time();
    return new OpenWindow(
        key,
        opened,
        together(function, value, next.value()),
        count + 1,
        time.isBefore(from) ? time : from,
        time.isAfter(to) ? time : to);
  }

  private static String together(Function function, String one, String other) {
    return switch (function) {
      case COUNT, LAST -> other;
      case SUM -> number(one).add(number(other)).toPlainString();
      case MIN -> number(one).min(number(other)).toPlainString();
      case MAX -> number(one).max(number(other)).toPlainString();
    };
  }

  /** What memory it takes, about. */
  int characters() {
    return key.length() + value.length();
  }

  /** The data of its event. */
  String data(Function function, boolean keyed) {
    Object result =
        switch (function) {
          case COUNT -> count;
          case SUM, MIN, MAX -> number(value);
          case LAST -> value;
        };
    return Json.write(new Data(keyed ? key : null, result, count, from, to));
  }

  private static BigDecimal number(String text) {
    return Comparison.number(text).orElseGet(() -> new BigDecimal(text));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Data(@Nullable String key, Object value, long count, Instant from, Instant to) {}
}
