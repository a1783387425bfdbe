package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Workflows that are nearly right: an input is a text whose last lines are edits of the ones before
 * them, four bytes each, after a form feed. Mere mutations of bytes rarely leave YAML readable.
 */
final class WorkflowOracle implements Oracle {
  private static final char EDITS = '\f';
  private static final int EDIT_BYTES = 4;
  private static final int MAX_EDITS = 16;
  private static final int MAX_LINES = 400;

  @Override
  public void check(byte[] input) {
    CompilerOracle.check(edited(input));
  }

  static String edited(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != EDITS) {
      end++;
    }
    List<String> lines = new ArrayList<>(List.of(new String(input, 0, end, UTF_8).split("\n", -1)));
    for (int i = 0; i < MAX_EDITS; i++) {
      int at = end + 1 + i * EDIT_BYTES;
      if (at + EDIT_BYTES > input.length) {
        break;
      }
      edit(lines, input[at] & 0xFF, input[at + 1] & 0xFF, input[at + 2] & 0xFF, input[at + 3]);
    }
    return lines.stream().limit(MAX_LINES).collect(Collectors.joining("\n"));
  }

  private static void edit(List<String> lines, int kind, int first, int second, byte amount) {
    int one = first % lines.size();
    int other = second % lines.size();
    switch (kind % 8) {
      case 0 -> lines.set(one, "");
      case 1 -> lines.add(other, lines.get(one));
      case 2 -> lines.set(one, lines.set(other, lines.get(one)));
      case 3 -> lines.set(one, indented(lines.get(one), amount));
      case 4 -> lines.set(one, withValueOf(lines.get(one), lines.get(other)));
      case 5 -> lines.set(one, withKeyOf(lines.get(one), lines.get(other)));
      case 6 -> moveBlock(lines, one, other);
      default -> lines.set(one, lines.get(one).replaceFirst(":.*", ":"));
    }
  }

  private static String indented(String line, byte amount) {
    return " ".repeat(Math.abs(amount % 9)) + line.stripLeading();
  }

  private static String withValueOf(String line, String other) {
    int colon = line.indexOf(':');
    int otherColon = other.indexOf(':');
    return colon < 0 || otherColon < 0
        ? other
        : line.substring(0, colon) + other.substring(otherColon);
  }

  private static String withKeyOf(String line, String other) {
    int colon = line.indexOf(':');
    int otherColon = other.indexOf(':');
    return colon < 0 || otherColon < 0
        ? other
        : other.substring(0, otherColon) + line.substring(colon);
  }

  /** A line and those that are indented deeper go elsewhere. */
  private static void moveBlock(List<String> lines, int from, int to) {
    int indent = indent(lines.get(from));
    int end = from + 1;
    while (end < lines.size() && indent(lines.get(end)) > indent) {
      end++;
    }
    List<String> block = new ArrayList<>(lines.subList(from, end));
    if (lines.size() + block.size() <= MAX_LINES) {
      lines.addAll(to, block);
    }
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
