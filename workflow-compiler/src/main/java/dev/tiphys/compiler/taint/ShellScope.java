package dev.tiphys.compiler.taint;

/** Whose {@code $1} a number means: that of the code, or of a function. */
final class ShellScope {
  private final String prefix;
  private int shifted;

  ShellScope(String prefix) {
    this.prefix = prefix;
  }

  static String ofFunction(String name) {
    return "#function " + name + " ";
  }

  /** The node of it, or for {@code @} and {@code *} of all arguments from that number on. */
  String parameter(String name, int offset) {
    return switch (name) {
      case "0" -> "0";
      case "@", "*" -> prefix + (shifted + offset == 0 ? "@" : "@" + (shifted + offset));
      default -> prefix + number(number(name) + shifted);
    };
  }

  /** Of a function only so many are told apart. */
  private String number(int number) {
    return prefix.isEmpty() || number <= ShellProgram.POSITIONS
        ? Integer.toString(number)
        : "@" + ShellProgram.POSITIONS;
  }

  private static int number(String digits) {
    return digits.length() > 6 ? 1_000_000 : Integer.parseInt(digits);
  }

  String prefix() {
    return prefix;
  }

  void shift(int by) {
    shifted = Math.min(shifted + by, 1_000_000);
  }

  int shifted() {
    return shifted;
  }
}
