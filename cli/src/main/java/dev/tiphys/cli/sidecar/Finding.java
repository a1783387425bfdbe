package dev.tiphys.cli.sidecar;

import java.util.List;

/**
 * Whether a rule is kept.
 *
 * @param violations what was seen against it; none: it is kept
 */
record Finding(Rule rule, List<String> violations) {
  Finding {
    violations = List.copyOf(violations);
  }

  boolean kept() {
    return violations.isEmpty();
  }

  /** As {@code -o json} prints it. */
  Shown shown() {
    return new Shown(rule.id(), rule.text(), kept(), violations, kept() ? "" : rule.remedy());
  }

  record Shown(String rule, String text, boolean kept, List<String> violations, String remedy) {}
}
