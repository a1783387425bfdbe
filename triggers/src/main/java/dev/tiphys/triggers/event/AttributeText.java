package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the value of an attribute can be: CloudEvents' type String, which is any Unicode text
 * without control characters, noncharacters and halves of surrogate pairs.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type-system">CloudEvents
 *     1.0.2, Type System</a>
 */
public final class AttributeText {
  /** Those that every event has; two empty ids would be one. */
  private static final Set<String> NEVER_EMPTY = Set.of("id", "source", "type");

  /** A longer name, or none of an attribute, is not repeated: a sender made it up. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}");

  private AttributeText() {}

  /** Whether an attribute can have the value. */
  public static boolean allows(String value) {
    int i = 0;
    while (i < value.length()) {
      int character = value.codePointAt(i);
      if (!allows(character)) {
        return false;
      }
      i += Character.charCount(character);
    }
    return true;
  }

  /**
   * What is wrong with the value of an attribute, which is named and not quoted; empty if nothing
   * is. Blanks at the ends are part of a value.
   */
  public static Optional<String> problem(String name, String value) {
    if (NEVER_EMPTY.contains(name) && value.isBlank()) {
      return Optional.of("the attribute `" + name + "` is empty");
    }
    return allows(value)
        ? Optional.empty()
        : Optional.of(
            (NAME.matcher(name).matches() ? "the attribute `" + name + "`" : "an attribute")
                + " holds a character that none can have, such as a control character");
  }

  /** The same of the first of the event's attributes that something is wrong with. */
  private static Optional<String> problem(CloudEvent event) {
    for (String name : Attributes.names(event)) {
      String value = Attributes.value(event, name);
      Optional<String> problem = value == null ? Optional.empty() : problem(name, value);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /**
   * The event, where nothing is wrong with its attributes.
   *
   * @throws IllegalArgumentException with what is wrong, if something is
   */
  public static CloudEvent checked(CloudEvent event) {
    problem(event)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    return event;
  }

  /** Whether the event's attributes of these names have such values, those that it lacks aside. */
  public static boolean allows(CloudEvent event, Set<String> names) {
    for (String name : names) {
      String value = Attributes.value(event, name);
      if (value != null && !allows(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allows(int character) {
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.SURROGATE
        && !isNoncharacter(character);
  }

  /** U+FDD0 to U+FDEF, and the last two of each plane. */
  private static boolean isNoncharacter(int character) {
    return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
  }
}
