package dev.tiphys.sidecars.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.json.NumberText;
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

  /** The one that counts of two keeps its own text; only a sum has none yet. */
  private static String together(Function function, String one, String other) {
    return switch (function) {
      case COUNT, LAST -> other;
      case SUM -> number(one).add(number(other)).toPlainString();
      case MIN -> number(other).compareTo(number(one)) < 0 ? other : one;
      case MAX -> number(other).compareTo(number(one)) > 0 ? other : one;
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
          case SUM, MIN, MAX -> json(value);
          case LAST -> value;
        };
    return Json.write(new Data(keyed ? key : null, result, count, from, to));
  }

  /** As it was written, where JSON writes numbers so. */
  private static NumberText json(String text) {
    String trimmed = text.strip();
    return NumberText.of(NumberText.isNumber(trimmed) ? trimmed : number(trimmed).toPlainString());
  }

  private static BigDecimal number(String text) {
    return Contributions.summand(text).orElseGet(() -> new BigDecimal(text));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Data(@Nullable String key, Object value, long count, Instant from, Instant to) {}
}
