package dev.tiphys.compiler.taint;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a program does with the words after its name. */
sealed interface Program {
  /** It prints, moves or compares them: whatever they hold, none of it is run. */
  record Plain() implements Program {}

  /**
   * It runs code.
   *
   * @param code options whose value, the next word or what is attached, is the code
   * @param load options whose value is code as well, beside what is run
   * @param data options whose value is none
   * @param operands what the words are that belong to no option
   * @param shell whether the code is a shell's, in which {@code $1} is the next word but one
   * @param permutes whether options may come after the code and after operands
   */
  record Interpreter(
      Pattern code, Pattern load, Pattern data, Operands operands, boolean shell, boolean permutes)
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
    DATA
  }

  /**
   * It runs the command line that follows its own options and operands.
   *
   * @param code options whose value is code
   * @param data options whose value is the next word
   * @param operands how many words of its own come before that command line
   * @param doubtful whether these decide where or as whom it runs
   * @param subcommand what its first operand has to be; null: it always does so
   */
  record Wrapper(
      Pattern code, Pattern data, int operands, boolean doubtful, @Nullable Pattern subcommand)
      implements Program {}

  /**
   * Some of its options begin a command line.
   *
   * @param exec those options
   */
  record Finder(Pattern exec) implements Program {}
}
