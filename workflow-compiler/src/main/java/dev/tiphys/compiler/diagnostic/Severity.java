package dev.tiphys.compiler.diagnostic;

import java.util.Locale;

/** How bad it is. */
public enum Severity {
  /** There is no Plan. */
  ERROR,
  /** There is a Plan, which may not do what was meant. */
  WARNING;

  /** As it is printed: {@code error}, {@code warning}. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
