package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.functions.port.Expansion;
import java.util.Map;

/**
 * The first line is what a user wrote, the rest a value. Expansion is Kubernetes' own, sign by
 * sign; a value comes through as it is, and cannot become part of a reference.
 */
final class ExpansionOracle implements Oracle {
  private static final Map<String, String> VARIABLES = Map.of("A", "$(B)", "B", "$", "", "empty");

  @Override
  public void check(byte[] input) {
    String[] parts = new String(input, UTF_8).split("\n", 2);
    String text = parts[0];
    String value = parts.length < 2 ? "" : parts[1];
    Expect.same(kubernetes(text), Expansion.expand(text, VARIABLES), "as Kubernetes has it");
    String escaped = Expansion.escape(value);
    Expect.same(value, kubernetes(escaped), "a value that is escaped");
    String written = Expansion.written(text);
    String both = kubernetes(written + escaped);
    Expect.same(kubernetes(written) + value, both, "a value after `" + written + "`");
    Expect.same(
        value + kubernetes(written),
        kubernetes(escaped + written),
        "a value before `" + written + "`");
  }

  /** As in k8s.io/kubernetes/third_party/forked/golang/expansion. */
  private static String kubernetes(String text) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char sign = text.charAt(at);
      if (sign != '$' || at + 1 == text.length()) {
        expanded.append(sign);
        at++;
        continue;
      }
      char next = text.charAt(at + 1);
      int close = text.indexOf(')', at);
      if (next == '$') {
        expanded.append('$');
        at += 2;
      } else if (next == '(' && close >= 0) {
        String name = text.substring(at + 2, close);
        expanded.append(VARIABLES.getOrDefault(name, "$(" + name + ")"));
        at = close + 1;
      } else {
        expanded.append(sign).append(next);
        at += 2;
      }
    }
    return expanded.toString();
  }
}
