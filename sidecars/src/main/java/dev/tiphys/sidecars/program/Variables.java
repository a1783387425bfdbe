package dev.tiphys.sidecars.program;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Environment variables as settings; an empty one counts as absent. What is wrong is kept, so that
 * all of it can be told at once.
 */
public final class Variables {
  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  public Variables(Map<String, String> values) {
    this.values = values;
  }

  /** Each is a sentence that begins with its variable. */
  public List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** Adds what is wrong with the variable. */
  public void problem(String variable, String what) {
    problems.add(variable + ": " + what);
  }

  /** Its text without blanks around. */
  public Optional<String> value(String variable) {
    return Optional.ofNullable(values.get(variable)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Its text; empty if it is not set, which is a problem. */
  public String required(String variable) {
    Optional<String> value = value(variable);
    if (value.isEmpty()) {
      problem(variable, "is not set");
    }
    return value.orElse("");
  }

  /** One of the constants, by its name in lower case. */
  public <E extends Enum<E>> E choice(String variable, Class<E> type, E standard) {
    String text = value(variable).orElse(lowerCase(standard));
    for (E constant : type.getEnumConstants()) {
      if (lowerCase(constant).equals(text)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(c -> lowerCase(c)).toList();
    problem(variable, "is not one of " + names + ": " + text);
    return standard;
  }

  /** A whole number within these bounds. */
  public int number(String variable, int standard, int min, int max) {
    String text = value(variable).orElse(String.valueOf(standard));
    return number(variable, text, min, max).orElse(standard);
  }

  /** A part of a variable as a whole number; empty if it is none, which is a problem. */
  public Optional<Integer> number(String variable, String text, int min, int max) {
    Optional<Integer> number = parsed(text, Integer::valueOf).filter(n -> n >= min && n <= max);
    if (number.isEmpty()) {
      problem(variable, "is not a number from " + min + " to " + max + ": " + text);
    }
    return number;
  }

  /** An ISO-8601 duration, not negative. */
  public Duration duration(String variable, Duration standard) {
    String text = value(variable).orElse(standard.toString());
    Optional<Duration> duration = parsed(text, Duration::parse).filter(d -> !d.isNegative());
    if (duration.isEmpty()) {
      problem(variable, "is not a duration like " + standard + ": " + text);
    }
    return duration.orElse(standard);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
