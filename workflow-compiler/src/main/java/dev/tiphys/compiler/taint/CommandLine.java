package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.taint.Program.Finder;
import dev.tiphys.compiler.taint.Program.Interpreter;
import dev.tiphys.compiler.taint.Program.Operands;
import dev.tiphys.compiler.taint.Program.Plain;
import dev.tiphys.compiler.taint.Program.Wrapper;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each word of a command line is to the programs in it. Of a program that is not known, a word
 * with more than a value in it is doubtful, unless it has the form of a name, a path, an address or
 * {@code --option=value}; and known ones are looked for among its words.
 */
final class CommandLine {
  /** Text around a value in which no language has more than names. */
  private static final Pattern NAME_LIKE = Pattern.compile("[\\w./:@%+,=~&?#-]*");

  /** Options whose value programs are likely to run. */
  private static final Pattern CODE_LIKE =
      Pattern.compile("-{1,2}(\\w+-)*(eval|exec|execute|command|cmd|code|expression|script|hook)");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*");

  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)=.*", Pattern.DOTALL);

  /** What an image whose entrypoint is a shell or a language does with options. */
  private static final Pattern ENTRYPOINT_CODE =
      Pattern.compile("-[a-zA-Z]*c|-e|--eval|--command|--execute");

  /**
   * How far a program that is only guessed to be one is followed: a bound for the time it takes.
   */
  private static final int GUESSED_WORDS = 16;

  private final List<Word> words;
  private final Role[] roles;
  private final Map<Integer, Set<String>> evaluated = new TreeMap<>();
  private final Deque<Start> open = new ArrayDeque<>();

  /** From here on all words are known to be of a program that is not known, by where it ends. */
  private final Map<Integer, Integer> unknownFrom = new HashMap<>();

  private boolean shell;

  private CommandLine(List<Word> words) {
    this.words = words;
    this.roles = new Role[words.size()];
    Arrays.fill(roles, Role.DATA);
  }

  /**
   * What was found.
   *
   * @param roles of each word
   * @param evaluated of words that are a shell's code: the variables whose values it runs
   * @param shell whether a shell is run, and reads a file that it is given last
   */
  record Found(List<Role> roles, Map<Integer, Set<String>> evaluated, boolean shell) {}

  /** A program that is yet to be read. */
  private record Start(int at, int end, boolean sure) {}

  /** Reads the line; the program is its first word. */
  static Found read(List<Word> words) {
    CommandLine line = new CommandLine(words);
    line.open.add(new Start(0, words.size(), true));
    while (!line.open.isEmpty()) { // not by recursion: files may have any number of words
      line.program(line.open.remove());
    }
    if (!words.isEmpty() && words.getFirst().head().startsWith("-")) {
      line.optionsOfEntrypoint();
    }
    return new Found(List.of(line.roles), line.evaluated, line.shell);
  }

  /** There is no program, so that these are the options of an image's own. */
  private void optionsOfEntrypoint() {
    for (int i = 0; i < words.size() - 1; i++) {
      if (words.get(i).isFixed() && ENTRYPOINT_CODE.matcher(words.get(i).asCode()).matches()) {
        int _ = code(i + 1, words.size(), true);
      }
    }
  }

  private void program(Start start) {
    if (start.at() >= start.end()) {
      return;
    }
    Word name = words.get(start.at());
    int from = start.at() + 1;
    raise(start.at(), start.sure() ? Role.PROGRAM : Role.DOUBTFUL);
    switch (name.isFixed() ? find(start.at()).orElse(null) : null) {
      case null -> unknown(from, start.end(), start.sure());
      case Plain() -> {}
      case Interpreter it -> shell |= interpreter(it, from, start.end(), start.sure());
      case Wrapper it -> wrapper(it, from, start.end(), start.sure());
      case Finder it -> finder(it, from, start.end(), start.sure());
    }
  }

  /** The program that another one starts. */
  private void next(int at, int end, boolean sure) {
    if (sure) {
      open.add(new Start(at, end, true));
    } else {
      raiseIn(at, end, Role.DOUBTFUL);
    }
  }

  private Optional<Program> find(int at) {
    return Programs.find(words.get(at).fixedText());
  }

  /** A guess needs no more guesses: whoever made it looks at all words itself. */
  private void unknown(int from, int end, boolean sure) {
    if (!sure) {
      return;
    }
    int known = unknownFrom.getOrDefault(end, end);
    unknownFrom.put(end, Math.min(from, known));
    for (int i = from; i < known; i++) {
      doubt(i, i == 0 ? null : words.get(i - 1));
      if (words.get(i).isFixed() && find(i).filter(p -> !(p instanceof Plain)).isPresent()) {
        open.add(new Start(i, Math.min(end, i + GUESSED_WORDS), false));
      }
    }
  }

  private void doubt(int at, @Nullable Word before) {
    Word word = words.get(at);
    boolean larger = word.parts().size() > 1 && !NAME_LIKE.matcher(word.fixedText()).matches();
    boolean ofOption =
        before != null && before.isFixed() && CODE_LIKE.matcher(before.fixedText()).matches();
    boolean inOption =
        word.head().contains("=") && CODE_LIKE.matcher(beforeEquals(word.head())).matches();
    if (larger || ofOption || inOption) {
      raise(at, Role.DOUBTFUL);
    }
  }

  private void raise(int at, Role role) {
    if (role.compareTo(roles[at]) > 0) {
      roles[at] = role;
    }
  }

  private static String beforeEquals(String option) {
    return option.substring(0, option.indexOf('='));
  }

  private boolean interpreter(Interpreter it, int from, int end, boolean sure) {
    boolean coded = false;
    boolean options = true;
    int operands = 0;
    for (int i = from; i < end; i++) {
      Word word = words.get(i);
      String text = word.asCode();
      boolean option = options && isOption(it, word) && !(ownsRest(it) && operands > 0);
      boolean fixed = word.isFixed();
      if (option && fixed && text.equals("--")) {
        options = false;
      } else if (option && text.startsWith("--") && word.head().contains("=")) {
        String name = beforeEquals(word.head());
        if (it.code().matcher(name).matches() || it.load().matcher(name).matches()) {
          raise(i, Role.CODE);
          coded |= it.code().matcher(name).matches();
        }
      } else if (fixed && (option || operands == 0) && it.code().matcher(text).matches()) {
        coded = true;
        i = code(i + 1, end, sure || option);
        if (it.shell()) {
          positional(i, end);
        }
        if (!it.permutes()) {
          unknown(i + (it.shell() ? 2 : 1), end, sure); // a shell's $0 is any name
          return false;
        }
      } else if (fixed && option && it.load().matcher(text).matches()) {
        i++;
        raiseIn(i, end, Role.CODE);
      } else if (fixed && option && it.data().matcher(text).matches()) {
        i += text.equals("--arg") || text.equals("--argjson") ? 2 : 1;
      } else if (option) {
        attached(it, i, sure);
        coded |= it.code().matcher(word.head()).matches();
      } else {
        if (isCode(it.operands(), operands, coded)) {
          raise(i, sure ? Role.CODE : Role.DOUBTFUL);
        } else if (options && mayBecomeOption(it, word)) {
          raise(i, Role.DOUBTFUL);
        } else {
          doubt(i, null);
        }
        operands++;
        if (it.operands() == Operands.FIRST_IS_CODE && !it.permutes()) {
          unknown(i + 1, end, sure);
          return false;
        }
      }
    }
    return it.shell() && operands == 0;
  }

  /** A value that begins with a dash is an option, and one of these programs' options runs code. */
  private static boolean mayBecomeOption(Interpreter it, Word word) {
    return it.permutes()
        && it.operands() != Operands.REST_IS_CODE
        && !word.isFixed()
        && word.head().isEmpty();
  }

  private static boolean isOption(Interpreter it, Word word) {
    String head = word.head();
    return (head.startsWith("-") && !(word.isFixed() && head.equals("-")))
        || (head.startsWith("+") && it.operands() != Operands.CODE);
  }

  /** Whether all that follows its first operand is one command. */
  private static boolean ownsRest(Interpreter it) {
    return it.operands() == Operands.CODE || it.operands() == Operands.REST_IS_CODE;
  }

  private static boolean isCode(Operands operands, int before, boolean coded) {
    return switch (operands) {
      case FIRST_IS_CODE -> before == 0 && !coded;
      case REST_IS_CODE -> before > 0;
      case CODE -> true;
      case DATA -> false;
    };
  }

  /** An option with its value in one word, or an option that a value chooses. */
  private void attached(Interpreter it, int at, boolean sure) {
    Word word = words.get(at);
    boolean data = it.data().matcher(word.head()).matches();
    if (!word.isFixed() && !data) {
      raise(at, sure ? Role.CODE : Role.DOUBTFUL);
    }
  }

  private void raiseIn(int at, int end, Role role) {
    if (at < end) {
      raise(at, role);
    }
  }

  /** The code after an option, with further options between; where it is. */
  private int code(int from, int end, boolean sure) {
    int at = from;
    while (at < end && words.get(at).isFixed() && words.get(at).head().startsWith("-")) {
      at++;
    }
    raiseIn(at, end, sure ? Role.CODE : Role.DOUBTFUL);
    return at;
  }

  /** What the code does with the words behind it: {@code $0}, {@code $1} and so on. */
  private void positional(int code, int end) {
    if (code >= end) {
      return;
    }
    Set<String> names = ShellCode.evaluated(words.get(code).asCode());
    evaluated.put(
        code,
        names.stream().filter(VARIABLE.asMatchPredicate()).collect(Collectors.toUnmodifiableSet()));
    boolean all = ShellCode.ALL.stream().anyMatch(names::contains);
    for (int i = code + 1; i < end && !names.isEmpty(); i++) {
      int number = i - code - 1;
      if ((all && number > 0) || names.contains(Integer.toString(number))) {
        raise(i, Role.CODE);
      }
    }
    if (names.contains(ShellCode.COMMAND)) {
      open.add(new Start(code + 2, end, true));
    }
  }

  private void wrapper(Wrapper it, int from, int end, boolean sure) {
    int operands = it.operands();
    for (int i = from; i < end; i++) {
      Word word = words.get(i);
      if (word.head().startsWith("-")) {
        i += option(it, i, end);
      } else if (operands > 0 && operands == it.operands() && !begins(it, word)) {
        unknown(i, end, sure);
        return;
      } else if (operands > 0) {
        ownOperand(it, i);
        operands--;
      } else if (ASSIGNMENT.matcher(word.head()).matches()) {
        assignment(i);
      } else {
        next(i, end, sure);
        return;
      }
    }
  }

  private static boolean begins(Wrapper it, Word word) {
    return it.subcommand() == null || it.subcommand().matcher(word.asCode()).matches();
  }

  /** How many further words belong to the option. */
  private int option(Wrapper it, int at, int end) {
    Word word = words.get(at);
    if (word.isFixed() && it.code().matcher(word.asCode()).matches()) {
      raiseIn(at + 1, end, Role.CODE);
      return 1;
    }
    if (!word.isFixed() && it.code().matcher(word.head().replaceFirst("=.*", "")).matches()) {
      raise(at, Role.CODE);
    }
    return word.isFixed() && it.data().matcher(word.asCode()).matches() ? 1 : 0;
  }

  private void ownOperand(Wrapper it, int at) {
    if (it.doubtful() && !words.get(at).isFixed()) {
      raise(at, Role.DOUBTFUL);
    }
  }

  /** {@code env NAME=value program}. */
  private void assignment(int at) {
    String head = words.get(at).head();
    if (StartupVariables.contains(beforeEquals(head))) {
      raise(at, Role.CODE);
    }
  }

  private void finder(Finder it, int from, int end, boolean sure) {
    for (int i = from; i < end; i++) {
      if (words.get(i).isFixed() && it.exec().matcher(words.get(i).fixedText()).matches()) {
        int last = i + 1;
        while (last < end && !isEnd(words.get(last))) {
          last++;
        }
        next(i + 1, last, sure);
        i = last;
      } else {
        doubt(i, null);
      }
    }
  }

  private static boolean isEnd(Word word) {
    return word.isFixed() && List.of(";", "\\;", "+").contains(word.fixedText());
  }
}
