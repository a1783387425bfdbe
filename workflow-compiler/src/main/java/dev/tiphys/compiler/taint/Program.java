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
      implements Program {
    /**
     * Whether an operand is run.
     *
     * @param before how many are before it
     * @param coded whether an option has brought code
     */
    boolean isCode(int before, boolean coded) {
      return switch (operands) {
        case FIRST_IS_CODE -> before == 0 && !coded;
        case REST_IS_CODE -> before > 0;
        case USER -> before < 2 && !coded;
        case CODE, HOST -> true;
        case DATA -> false;
      };
    }

    /** Whether its operands are one command. */
    boolean isOfCommand() {
      return operands == Operands.CODE || operands == Operands.HOST;
    }

    /** Whether all that follows its first operand is one command. */
    boolean ownsRest() {
      return isOfCommand() || operands == Operands.REST_IS_CODE;
    }

    /** A database or a host is no code: that comes from the input all the same. */
    boolean isOfInput(int count) {
      return switch (operands) {
        case FIRST_IS_CODE -> false;
        case REST_IS_CODE, CODE, HOST, USER -> count == 1;
        case DATA -> true;
      };
    }

    /** A value that begins with a dash is an option, and one of its own options runs code. */
    boolean mayBecomeOption(int before, Word word) {
      return (permutes || (before == 0 && operands == Operands.DATA))
          && operands != Operands.REST_IS_CODE
          && !word.isFixed()
          && !word.isInFolder()
          && (word.head().isEmpty() || word.head().startsWith("+"));
    }
  }

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
