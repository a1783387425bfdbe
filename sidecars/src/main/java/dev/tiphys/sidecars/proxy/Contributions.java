package dev.tiphys.sidecars.proxy;

import dev.tiphys.sidecars.proxy.Entry.Contribution;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Events;
import dev.tiphys.triggers.plan.Value;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Reads from events what they add to the proxy's results. */
record Contributions(Events settings) {
  private static final String NOTHING = "null";

  /** Of numbers that are added up, by magnitude: a sum has so many digits before the point. */
  private static final int EXPONENT_MAX = 1_000;

  /**
   * What the event adds. Empty: nothing, as it does not pass the filter, lacks a field or the
   * number in it, or is the stand-in for one that was refused.
   */
  Optional<Contribution> of(CloudEvent event, Instant at) {
    if (Position.standsIn(event) || !settings.admits(event)) {
      return Optional.empty();
    }
    Instant time = event.getTime() == null ? at : event.getTime().toInstant();
    Aggregate aggregate = settings.aggregate();
    if (aggregate == null) {
      return Optional.of(new Contribution("", data(event), time));
    }
    return key(aggregate, event)
        .flatMap(key -> value(aggregate, event).map(value -> new Contribution(key, value, time)));
  }

  private static Optional<String> key(Aggregate aggregate, CloudEvent event) {
    return aggregate.key() == null ? Optional.of("") : aggregate.key().valueIn(event);
  }

  private static Optional<String> value(Aggregate aggregate, CloudEvent event) {
    ObjectField field = aggregate.field();
    Optional<String> text = field == null ? Optional.of("") : field.valueIn(event);
    return switch (aggregate.function()) {
      case COUNT -> text.map(found -> "");
      case LAST -> text;
      case SUM, MIN, MAX -> text.filter(found -> summand(found).isPresent());
    };
  }

  /** The number that a text is; empty for one whose sums would take more room than it. */
  static Optional<BigDecimal> summand(String text) {
    return Value.number(text)
        .filter(number -> number.signum() == 0 || Math.abs(exponent(number)) <= EXPONENT_MAX)
        .map(number -> number.signum() == 0 ? BigDecimal.ZERO : number);
  }

  private static long exponent(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }

  /** As JSON: what is none becomes a text. */
  private static String data(CloudEvent event) {
    if (event.getData() == null) {
      return NOTHING;
    }
    try {
      return Json.parse(event.getData().toBytes()).toString();
    } catch (IOException e) {
      return Json.write(ObjectField.wholeData(event));
    }
  }
}
