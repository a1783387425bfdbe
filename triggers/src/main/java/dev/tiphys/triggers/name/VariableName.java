package dev.tiphys.triggers.name;

import java.util.Locale;

/** Names of environment variables that are made of names that users chose. */
public final class VariableName {
  private VariableName() {}

  /** In capitals after the prefix, with an underscore for all that is no letter or digit. */
  public static String of(String prefix, String name) {
    return prefix + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
