package dev.tiphys.functions.kubernetes;

import java.util.regex.Pattern;

/** A name as RFC 1123 has it: what a run and a pod is called. */
final class DnsLabel {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private DnsLabel() {}

  /** Whether it is one; what an event claims need not be. */
  static boolean matches(String name) {
    return LABEL.matcher(name).matches();
  }
}
