package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.Window;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which events together start one instance. */
final class WindowReader {
  /** What waits is kept in the run, whose object is small. */
  static final int COUNT_MAX = 1_000;

  /** What is to be written instead of a length that is none. */
  static final String LENGTHS = "write seconds, minutes or hours, from 1s to 24h: 30s, 5m, 1h";

  /** The timer looks once a second. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofHours(24);

  /** How many windows may be open at once. */
  private static final int OVERLAPS_MAX = 100;

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");

  private final Reading reading;

  WindowReader(Reading reading) {
    this.reading = reading;
  }

  Optional<Located<Window>> read(Fields event) {
    return event
        .fields("window", Shape.WINDOW)
        .flatMap(fields -> window(fields).map(window -> new Located<>(window, fields.at())));
  }

  private Optional<Window> window(Fields fields) {
    Optional<Yaml> count = fields.get("count");
    Optional<Yaml> duration = fields.get("duration");
    if (count.isPresent() == duration.isPresent()) {
      return invalid(
          fields.at(),
          "a window ends by a number of events or by time: one of `count` and `duration`",
          "write `count: 100` or `duration: 30s`");
    }
    return count.isPresent() ? byCount(fields) : byTime(fields, duration.get());
  }

  private Optional<Window> byCount(Fields fields) {
    Optional<Located<Integer>> size = fields.count("count");
    if (size.filter(s -> s.value() > COUNT_MAX).isPresent()) {
      return invalid(
          size.get().at(),
          "a window of " + size.get() + " events is more than a run keeps",
          "write at most " + COUNT_MAX);
    }
    if (fields.get("every").isEmpty()) {
      return size.map(s -> new Window.Count(s.value(), s.value()));
    }
    Optional<Located<Integer>> every = fields.count("every");
    if (size.isPresent() && every.filter(e -> e.value() > size.get().value()).isPresent()) {
      return largerStep(every.get().at());
    }
    return size.flatMap(s -> every.map(e -> new Window.Count(s.value(), e.value())));
  }

  private Optional<Window> byTime(Fields fields, Yaml duration) {
    Optional<Duration> size = duration(duration, "duration");
    Optional<Yaml> every = fields.get("every");
    if (every.isEmpty()) {
      return size.map(s -> new Window.Time(s.toMillis(), s.toMillis()));
    }
    Optional<Duration> step = duration(every.get(), "every");
    if (size.isEmpty() || step.isEmpty()) {
      return Optional.empty();
    }
    if (step.get().compareTo(size.get()) > 0) {
      return largerStep(every.get().at());
    }
    if (size.get().dividedBy(step.get()) > OVERLAPS_MAX) {
      return invalid(
          every.get().at(),
          "more than " + OVERLAPS_MAX + " windows would be open at once",
          "write a larger `every`");
    }
    return Optional.of(new Window.Time(size.get().toMillis(), step.get().toMillis()));
  }

  private Optional<Duration> duration(Yaml node, String field) {
    return reading
        .values()
        .text(node, "`" + field + "` of a window by time")
        .flatMap(text -> duration(text, field));
  }

  private Optional<Duration> duration(Yaml.Scalar text, String field) {
    Optional<Duration> length = length(text.text());
    if (length.isEmpty()) {
      return invalid(text.at(), "`" + field + "` cannot be `" + text.text() + "`", LENGTHS);
    }
    return length;
  }

  /** How long a window by time is; empty if the text says no such thing. */
  static Optional<Duration> length(String text) {
    return parse(text).filter(d -> d.compareTo(SHORTEST) >= 0 && d.compareTo(LONGEST) <= 0);
  }

  private static Optional<Duration> parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  private Optional<Window> largerStep(SourceSpan at) {
    return invalid(
        at,
        "events between one window and the next would be in none",
        "write an `every` that is at most as large as the window");
  }

  private <T> Optional<T> invalid(SourceSpan at, String what, String hint) {
    reading.found().report(Code.INVALID_WINDOW, at, what, hint);
    return Optional.empty();
  }
}
