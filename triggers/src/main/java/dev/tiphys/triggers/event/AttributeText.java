package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import java.util.Set;

/**
 * What the value of an attribute can be: CloudEvents' type String, which is any Unicode text
 * without control characters, noncharacters and halves of surrogate pairs.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type-system">CloudEvents
 *     1.0.2, Type System</a>
 */
public final class AttributeText {
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
