package dev.tiphys.compiler.taint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph of what comes into what, and which of it is run. Each edge and each node is followed
 * once, whatever the order in which they are added.
 */
final class Flow {
  private final Map<String, List<String>> into = new HashMap<>();
  private final Map<String, Code> texts = new HashMap<>();
  private final Set<String> run = new HashSet<>();
  private final Set<String> ofShell = new HashSet<>();
  private final Deque<Code> codes = new ArrayDeque<>();
  private int steps;

  /**
   * A text that is run.
   *
   * @param depth in how many others it stands
   */
  record Code(String text, int depth) {}

  /** What is in one node may come into the other. */
  void add(String from, String to) {
    steps++;
    into.computeIfAbsent(to, it -> new ArrayList<>()).add(from);
    if (ofShell.contains(to)) {
      run(from);
    } else if (run.contains(to)) {
      runByOther(from);
    }
  }

  /** The node is that text. */
  void text(String node, String text, int depth) {
    Code code = new Code(text, depth);
    texts.put(node, code);
    if (ofShell.contains(node)) {
      codes.add(code);
    }
  }

  /** What is in the node is run by a shell. */
  void run(String node) {
    Deque<String> open = new ArrayDeque<>();
    open.add(node);
    while (!open.isEmpty()) {
      String next = open.remove();
      if (ofShell.add(next)) {
        boolean _ = run.add(next);
        Code code = texts.get(next);
        if (code != null) {
          codes.add(code);
        }
        follow(next, open);
      }
    }
  }

  /**
   * What is in the node is run, but as another language: its text names no variables of a shell.
   */
  void runByOther(String node) {
    Deque<String> open = new ArrayDeque<>();
    open.add(node);
    while (!open.isEmpty()) {
      String next = open.remove();
      if (run.add(next)) {
        follow(next, open);
      }
    }
  }

  private void follow(String node, Deque<String> open) {
    List<String> from = into.getOrDefault(node, List.of());
    steps += from.size();
    open.addAll(from);
  }

  /** A text that is run and was not asked for before. */
  @Nullable Code nextCode() {
    return codes.poll();
  }

  /** All that comes into those nodes, and they themselves. */
  Set<String> reaching(Set<String> nodes) {
    Set<String> all = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(nodes);
    while (!open.isEmpty()) {
      String next = open.remove();
      if (all.add(next)) {
        follow(next, open);
      }
    }
    return all;
  }

  /** All nodes that are run. */
  Set<String> reached() {
    return run;
  }

  /** How often an edge was looked at. */
  int steps() {
    return steps;
  }
}
