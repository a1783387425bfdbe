package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.functions.port.Expansion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The first line is what a user wrote, the rest a value. Expansion is Kubernetes' own, sign by
 * sign; a value comes through as it is, and cannot become part of a reference. As variables, its
 * lines come in an order in which each finds the values that it names.
 */
final class ExpansionOracle implements Oracle {
  private static final int MAX_VARIABLES = 12;
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
    ordered(value);
  }

  /** Of lines as variables, each comes after those that it names, unless they lead back to it. */
  private static void ordered(String lines) {
    SortedMap<String, String> variables = new TreeMap<>();
    for (String line : lines.split("\n", MAX_VARIABLES)) {
      int sign = line.indexOf('=');
      variables.put(line.substring(0, Math.max(sign, 0)), line.substring(sign + 1));
    }
    SequencedMap<String, String> ordered = Expansion.inOrder(variables);
    Expect.same(variables, ordered, "all variables, whatever their order");
    List<String> names = List.copyOf(ordered.keySet());
    Map<String, Set<String>> named = new HashMap<>();
    variables.forEach((name, text) -> named.put(name, references(text)));
    named.forEach(
        (name, others) ->
            others.stream()
                .filter(other -> named.containsKey(other) && !leads(other, name, named))
                .forEach(
                    other ->
                        Expect.that(
                            names.indexOf(other) < names.indexOf(name),
                            () -> "`" + other + "` comes before `" + name + "`")));
  }

  private static boolean leads(String from, String to, Map<String, Set<String>> named) {
    Set<String> reached = new LinkedHashSet<>(Set.of(from));
    Deque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      named.getOrDefault(next.remove(), Set.of()).stream().filter(reached::add).forEach(next::add);
    }
    return reached.contains(to);
  }

  private static Set<String> references(String text) {
    Set<String> names = new LinkedHashSet<>();
    expanded(
        text,
        name -> {
          names.add(name);
          return "";
        });
    return names;
  }

  /** As in k8s.io/kubernetes/third_party/forked/golang/expansion. */
  private static String kubernetes(String text) {
    return expanded(text, name -> VARIABLES.getOrDefault(name, "$(" + name + ")"));
  }

  private static String expanded(String text, UnaryOperator<String> value) {
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
        expanded.append(value.apply(name));
        at = close + 1;
      } else {
        expanded.append(sign).append(next);
        at += 2;
      }
    }
    return expanded.toString();
  }
}
