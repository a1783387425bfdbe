package dev.tiphys.compiler.taint;

/** Whose {@code $1} a number means: that of the code, or of a function. */
final class ShellScope {
  private final String prefix;
  private int shifted;

  ShellScope(String prefix) {
    this(prefix, 0);
  }

  private ShellScope(String prefix, int shifted) {
    this.prefix = prefix;
    this.shifted = shifted;
  }

  /** The same numbers, which may be shifted on their own from now on. */
  ShellScope copy() {
    return new ShellScope(prefix, shifted);
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
    return prefix.isEmpty() || number <= ShellArguments.POSITIONS
        ? Integer.toString(number)
        : "@" + ShellArguments.POSITIONS;
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
