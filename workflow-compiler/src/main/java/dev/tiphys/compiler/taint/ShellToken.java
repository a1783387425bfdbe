package dev.tiphys.compiler.taint;

import java.util.List;

/** What a shell's code consists of. */
sealed interface ShellToken {
  /**
   * A word.
   *
   * @param plain whether nothing in it is quoted or put in, so that it may be a reserved word
   */
  record Text(Word word, boolean plain) implements ShellToken {
    boolean is(String reserved) {
      return plain && word.fixedText().equals(reserved);
    }
  }

  /** {@code name=(words)}. */
  record Array(String name, List<Word> words) implements ShellToken {
    public Array {
      words = List.copyOf(words);
    }
  }

  /** A sign between commands, a parenthesis, or a line's end. */
  record Operator(String sign) implements ShellToken {}

  /** What a command is given to read. */
  record In(Word from) implements ShellToken {}

  /** Where a command's output goes. */
  record Out(Word to) implements ShellToken {}
}
