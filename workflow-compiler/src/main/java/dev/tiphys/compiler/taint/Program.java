package dev.tiphys.compiler.taint;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a program does with the words after its name. */
sealed interface Program {
  /** It prints, moves or compares them: whatever they hold, none of it is run. */
  record Plain() implements Program {}

  /**
   * A shell: its first operand is its code if there is a {@code c} among its options, and else a
   * file of code; {@code $0} and {@code $1} are the next words.
   *
   * @param options beside {@code -c} and {@code -o}
   */
  record Shell(Options options) implements Program {}

  /**
   * It runs code.
   *
   * @param operands what the words are that belong to no option
   * @param permutes whether options may come after the code and after operands
   * @param reads whether it reads its code from its input where nothing else brings code
   */
  record Interpreter(Options options, Operands operands, boolean permutes, boolean reads)
      implements Program {}

  /** What an interpreter takes words for that belong to no option. */
  enum Operands {
    /** The first, where no option has brought code, is code or names a file of it. */
    FIRST_IS_CODE,
    /** All but the first. */
    REST_IS_CODE,
    /** All. */
    CODE,
    /** None. */
    DATA,
    /** The first is a host, and the others are code for a shell there. */
    HOST,
    /** The first is a user, and the others are words for that one's shell. */
    USER
  }

  /**
   * It runs the command line that follows its own options and operands.
   *
   * @param operands how many words of its own come before that command line
   * @param own what its own operands do
   * @param subcommand what its first operand has to be; null: it always does so
   * @param otherwise what it is with another first operand; null: it is not known
   */
  record Wrapper(
      Options options,
      int operands,
      Own own,
      @Nullable Pattern subcommand,
      @Nullable Interpreter otherwise)
      implements Program {}

  /** What a wrapper does beside starting a program. */
  enum Own {
    /** Nothing. */
    NOTHING,
    /** Its operands decide where or as whom that runs. */
    PLACE,
    /** Its first operand is a number, or is none of its own. */
    NUMBER,
    /** It adds words that it reads from its input. */
    FEEDS
  }

  /**
   * Some of its options begin a command line.
   *
   * @param exec those options
   * @param valued options with a value of their own, which is none
   */
  record Finder(Pattern exec, Pattern valued) implements Program {}
}
