package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.taint.Options.Kind;
import dev.tiphys.compiler.taint.Program.Finder;
import dev.tiphys.compiler.taint.Program.Interpreter;
import dev.tiphys.compiler.taint.Program.Operands;
import dev.tiphys.compiler.taint.Program.Own;
import dev.tiphys.compiler.taint.Program.Plain;
import dev.tiphys.compiler.taint.Program.Shell;
import dev.tiphys.compiler.taint.Program.Wrapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each word of a command line is to the programs in it. Of a program that is not known, a word
 * with more than a value in it is doubtful, unless it has the form of a name, a path, an address or
 * {@code --option=value}; and known ones are looked for among its words. Behind an option that is
 * not known, of a program that runs code or another program, every value may be either.
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

  /** What some of them do with others. */
  private static final Pattern ENTRYPOINT_DOUBT =
      Pattern.compile("-[a-zA-Z0-9]*[eE]|-[pr]|-m|--print");

  /** Shells, known or not, take code behind these. */
  private static final Pattern SHELL_LIKE = Pattern.compile("-[eiluvx]{0,4}c|--");

  /** A file that is the input, or another one that is open. */
  static final Pattern INPUT_FILE =
      Pattern.compile("-|/dev/(stdin|fd/[0-9]+)|/proc/(self|thread-self|[0-9]+)/fd/[0-9]+");

  private static final Pattern OPTION_OF_INPUT =
      Pattern.compile("(--?[\\w-]+=|-[a-zA-Z]+)(" + INPUT_FILE.pattern() + ")");

  private static final Pattern USER_OPTION = Pattern.compile("-[lmpfP]*u.*|--user.*");

  private static final Options NO_OPTIONS = Options.of("");
  private static final Shell ANY_SHELL = new Shell(NO_OPTIONS);

  private static final Pattern PATH_START = Pattern.compile("[\\w./].*", Pattern.DOTALL);

  private static final Pattern PATH_VALUE =
      Pattern.compile("(--[\\w-]+=|-[a-zA-Z])[\\w./].*", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  /** Words in which one that stands for a program is looked for. */
  private static final Pattern BETWEEN = Pattern.compile("[^\\w./+-]+");

  /** What a program reads from its input, as a word. */
  static final String INPUT = "#input";

  /**
   * How far a program that is only guessed to be one is followed: a bound for the time it takes.
   */
  private static final int GUESSED_WORDS = 16;

  /** Words of another host's command line that are read: a bound for the time; more read input. */
  private static final int REMOTE_WORDS = 64;

  /** Command lines within words of command lines that are read; of deeper ones all is run. */
  private static final int DEPTH_MAX = ShellCode.DEPTH_MAX;

  private final List<Word> words;
  private final Role[] roles;
  private final int depth;
  private final Map<Integer, Set<String>> evaluated = new TreeMap<>();
  private final Map<Integer, Set<String>> names = new HashMap<>();
  private final Deque<Start> open = new ArrayDeque<>();
  private final Set<Start> seen = new HashSet<>();

  /** From here on all words are known to be of a program that is not known, by where it ends. */
  private final Map<Integer, Integer> unknownFrom = new HashMap<>();

  /** From here on all words are known to be possibly code, by where they end. */
  private final Map<Integer, Integer> anyFrom = new HashMap<>();

  private final List<Passed> passed = new ArrayList<>();
  private boolean shell;
  private boolean input;

  /** Whether a line within this one was read, which is done once: a bound for the time it takes. */
  private boolean within;

  private CommandLine(List<Word> words, int depth) {
    this.words = words;
    this.depth = depth;
    this.roles = new Role[words.size()];
    Arrays.fill(roles, Role.DATA);
  }

  /**
   * What was found.
   *
   * @param roles of each word
   * @param evaluated of words that are a shell's code: the variables whose values it runs
   * @param shell whether a shell may be what reads a file that is given last
   * @param input whether code is read from the input
   * @param passed where the arguments begin of a shell's code that is not given literally
   */
  record Found(
      List<Role> roles,
      Map<Integer, Set<String>> evaluated,
      boolean shell,
      boolean input,
      List<Passed> passed) {}

  /**
   * The words from there on are {@code $1} and so on of code.
   *
   * @param named whether the word before is {@code $0}
   * @param fed whether these are instead what is read from the input
   */
  record Passed(int at, boolean named, boolean fed) {
    Passed(int at, boolean named) {
      this(at, named, false);
    }
  }

  /** A program that is yet to be read. */
  private record Start(int at, int end, boolean sure) {}

  /** Reads the line; the program is its first word. */
  static Found read(List<Word> words) {
    return read(words, 0);
  }

  static Found read(List<Word> words, int depth) {
    CommandLine line = new CommandLine(words, depth);
    line.start(0, words.size(), true);
    while (!line.open.isEmpty()) { // not by recursion: files may have any number of words
      line.program(line.open.remove());
    }
    if (!words.isEmpty() && words.getFirst().head().startsWith("-")) {
      line.optionsOfEntrypoint();
    }
    line.assignments();
    return new Found(
        List.of(line.roles),
        line.evaluated,
        line.shell || line.mayBeShell(),
        line.input,
        line.passed);
  }

  private void start(int at, int end, boolean sure) {
    Start start = new Start(at, end, sure);
    if (seen.add(start)) {
      open.add(start);
    }
  }

  /** A shell is named somewhere, or the program is none that is known. */
  private boolean mayBeShell() {
    return words.isEmpty()
        || !words.getFirst().isFixed()
        || find(words.getFirst()).isEmpty()
        || words.stream()
            .flatMap(word -> BETWEEN.splitAsStream(word.asCode()))
            .anyMatch(name -> Programs.find(name).filter(Shell.class::isInstance).isPresent());
  }

  /** There is no program, so that these are the options of an image's own. */
  private void optionsOfEntrypoint() {
    int code = 0; // options before it have the same code behind them
    for (int i = 0; i < words.size() - 1; i++) {
      if (words.get(i).isFixed() && ENTRYPOINT_CODE.matcher(words.get(i).asCode()).matches()) {
        code = i < code ? code : code(i + 1, words.size(), true, NO_OPTIONS);
      } else if (words.get(i).isFixed()
          && ENTRYPOINT_DOUBT.matcher(words.get(i).asCode()).matches()) {
        for (int k = i + 1; k < Math.min(i + 3, words.size()); k++) {
          raise(k, words.get(k).isFixed() ? Role.DATA : Role.DOUBTFUL);
        }
      }
    }
  }

  /** {@code env A=value sh -c 'eval "$A"'}: the variable's value is run where the variable is. */
  private void assignments() {
    Set<String> run = new HashSet<>();
    evaluated.values().forEach(run::addAll);
    for (int i = 0; i < roles.length && !run.isEmpty(); i++) {
      Matcher assignment = ASSIGNMENT.matcher(words.get(i).head());
      if (assignment.matches() && run.contains(assignment.group(1))) {
        raise(i, Role.CODE);
      } else if (assignment.matches() && run.contains(ShellCode.DOUBT + assignment.group(1))) {
        raise(i, Role.DOUBTFUL);
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
    switch (find(name).orElse(null)) {
      case null -> {
        if (!name.isFixed() || name.fixedText().contains("/")) { // it may be a script
          passed.add(new Passed(from, false));
        }
        if (name.isFixed() || !start.sure()) {
          unknown(from, start.end(), start.sure());
        } else {
          chosen(from, start.end());
        }
      }
      case Plain() -> {}
      case Shell it -> shell |= shell(it, from, start.end(), start.sure());
      case Interpreter it -> {
        boolean reads = interpreter(it, from, start.end(), start.sure());
        input |= reads; // after what was found within
      }
      case Wrapper it -> wrapper(it, from, start.end(), start.sure());
      case Finder it -> finder(it, from, start.end(), start.sure());
    }
  }

  /** The program that another one starts. */
  private void next(int at, int end, boolean sure) {
    if (sure) {
      start(at, end, true);
    } else {
      raiseIn(at, end, Role.DOUBTFUL);
    }
  }

  /** By its base name, if that is fixed: {@code $JAVA_HOME/bin/java}. */
  private static Optional<Program> find(Word word) {
    String last =
        !word.parts().isEmpty() && word.parts().getLast() instanceof Word.Fixed(String text)
            ? text
            : "";
    return word.isFixed() || last.contains("/")
        ? Programs.find(word.isFixed() ? word.fixedText() : last)
        : Optional.empty();
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
      if (isStarter(words.get(i))) {
        start(i, Math.min(end, i + GUESSED_WORDS), false);
      }
    }
  }

  private static boolean isStarter(Word word) {
    return word.isFixed() && find(word).filter(p -> !(p instanceof Plain)).isPresent();
  }

  /** A value chooses the program, which may be a shell. */
  private void chosen(int from, int end) {
    for (int i = from; i < end; i++) {
      String head = words.get(i).head();
      if (head.startsWith("-") || head.startsWith("+")) {
        any(i, end);
        return;
      }
    }
    raiseIn(from, end, Role.CODE);
    unknown(from + 1, end, true);
  }

  /** Whichever of these words has a value in it, it may be code, or a program. */
  private void any(int from, int end) {
    int known = anyFrom.getOrDefault(end, end);
    anyFrom.put(end, Math.min(from, known));
    for (int i = from; i < known; i++) {
      Word word = words.get(i);
      raise(i, word.isFixed() ? Role.DATA : Role.CODE);
      if (word.isFixed() && word.fixedText().contains("$")) {
        evaluated.computeIfAbsent(i, it -> variables(evaluatedIn(it)));
      }
      if (isStarter(word)) {
        start(i, Math.min(end, i + GUESSED_WORDS), true);
      }
    }
  }

  private void doubt(int at, @Nullable Word before) {
    Word word = words.get(at);
    boolean larger = word.parts().size() > 1 && !isNameLike(word);
    boolean ofOption =
        before != null && before.isFixed() && CODE_LIKE.matcher(before.fixedText()).matches();
    boolean inOption =
        word.head().contains("=") && CODE_LIKE.matcher(beforeEquals(word.head())).matches();
    boolean ofShell =
        before != null
            && before.isFixed()
            && !word.isFixed()
            && word.head().isEmpty()
            && SHELL_LIKE.matcher(before.fixedText()).matches();
    if (ofOption || inOption) {
      raise(at, Role.DOUBTFUL);
    } else if (larger || ofShell) {
      raise(at, Role.LOOSE);
    }
  }

  /** Whether no language has more than names in what is around its values. */
  static boolean isNameLike(Word word) {
    return NAME_LIKE.matcher(word.fixedText()).matches();
  }

  private void raise(int at, Role role) {
    if (role.compareTo(roles[at]) > 0) {
      roles[at] = role;
    }
  }

  private static String beforeEquals(String option) {
    return option.substring(0, option.indexOf('='));
  }

  /** Whether it reads a file that it is given last, or its input. */
  private boolean shell(Shell it, int from, int end, boolean sure) {
    boolean coded = false;
    boolean given = false;
    int at = from;
    while (at < end && isShellOption(words.get(at))) {
      Word word = words.get(at);
      String text = word.head();
      if (text.equals("--") || text.equals("-")) {
        at++;
        break;
      } else if (text.startsWith("--") || it.options().kinds().containsKey(text)) {
        Options.Reading reading = it.options().read(text);
        if (!reading.known() && !reading.attached()) {
          any(at + 1, end);
        }
        boolean code = reading.kind().isCode();
        if (!word.isFixed() && !reading.kind().isValue()) {
          raise(at, sure ? Role.CODE : Role.DOUBTFUL);
        }
        coded |= code;
        if (reading.kind() == Kind.LOAD && !reading.attached()) {
          raiseIn(++at, end, Role.CODE);
        } else if (reading.kind().isValue() && !reading.attached()) {
          at++;
        }
        at++;
      } else {
        if (!word.isFixed()) { // a value chooses options
          any(at, end);
        }
        coded |= text.indexOf('c') > 0;
        given |= text.indexOf('s') > 0;
        at++;
        // each of them takes a word, which has no dash before it
        long names = text.chars().filter(letter -> letter == 'o' || letter == 'O').count();
        while (names-- > 0 && at < end && !isShellOption(words.get(at))) {
          if (!words.get(at).isFixed()) {
            any(at, end);
          }
          at++;
        }
      }
    }
    if (coded) {
      raiseIn(at, end, Role.CODE); // a shell and its option are no guess
      positional(at, end);
      if (at < end && !words.get(at).isFixed()) {
        passed.add(new Passed(at + 2, true));
      }
      unknown(at + 2, end, sure); // $0 is any name
    } else if (at < end && !given) {
      raise(at, sure ? Role.CODE : Role.DOUBTFUL);
      passed.add(new Passed(at + 1, false));
      unknown(at + 1, end, sure);
    } else {
      passed.add(new Passed(at, false));
    }
    boolean reads = !coded && (given || at >= end);
    input |= reads;
    return reads;
  }

  private static boolean isShellOption(Word word) {
    return word.head().startsWith("-") || (word.head().startsWith("+") && word.isFixed());
  }

  /** Whether it reads its code from its input. */
  private boolean interpreter(Interpreter it, int from, int end, boolean sure) {
    Options options = it.options();
    boolean coded = false;
    boolean open = true;
    boolean opens = false;
    boolean user = false;
    int operands = 0;
    for (int i = from; i < end; i++) {
      Word word = words.get(i);
      String text = word.asCode();
      boolean option = open && isOption(word) && !(it.ownsRest() && operands > 0);
      Options.Reading reading = options.read(word.isFixed() ? text : word.head());
      Kind named = word.isFixed() && (option || operands == 0) ? options.ofWord(text) : Kind.FLAG;
      opens |= option && options.opens(text);
      user |= option && it.operands() == Operands.USER && USER_OPTION.matcher(text).matches();
      if (open) {
        split(i, end, options);
      }
      if (option && word.isFixed() && text.equals("--")) {
        open = false;
        if (it.operands() == Operands.USER) {
          ofUser(i + 1, end, user, operands);
          return false;
        }
      } else if (named == Kind.PLACE && !option) {
        for (int k = i + 1; k < end; k++) {
          raise(k, words.get(k).isFixed() ? Role.DATA : Role.DOUBTFUL);
        }
        return false;
      } else if (named == Kind.PROGRAM) {
        raiseIn(i + 1, end, sure ? Role.CODE : Role.DOUBTFUL);
        next(i + 1, end, sure);
        return false;
      } else if (named.isCode()
          || (option && word.isFixed() && reading.kind().isCode() && !reading.attached())) {
        coded = true;
        i = code(i + 1, end, sure || option, options);
        if (!it.permutes() && (named.isCode() ? named : reading.kind()) != Kind.PIECE) {
          unknown(i + 1, end, sure);
          return false;
        }
      } else if (option && word.isFixed() && nextIs(reading, Kind.PROGRAM)) {
        raiseIn(i + 1, end, sure ? Role.CODE : Role.DOUBTFUL);
        next(i + 1, end, sure);
        return false;
      } else if (option && word.isFixed() && nextIs(reading, Kind.LOAD)) {
        i++;
        raiseIn(i, end, sure ? Role.CODE : Role.DOUBTFUL);
      } else if (option && word.isFixed() && nextIs(reading, Kind.DATA)) {
        i += text.equals("--arg") || text.equals("--argjson") ? 2 : 1;
        split(i, end, options);
      } else if (option && word.isFixed() && nextIs(reading, Kind.PLACE)) {
        i++;
        place(i, end);
      } else if (option) {
        boolean code = attached(i, reading, sure);
        coded |= code;
        if (code && !it.permutes() && reading.kind() != Kind.PIECE) {
          unknown(i + 1, end, sure);
          return false;
        }
        if (!reading.known() && !reading.attached() && sure && it.operands() != Operands.DATA) {
          any(i + 1, end);
        }
      } else {
        if (it.operands() == Operands.USER && operands == 0 && text.equals("-")) {
          continue;
        } else if (it.operands() == Operands.HOST && operands == 0 && !word.head().isEmpty()) {
          place(i, end);
        } else if (it.isCode(operands, coded)
            || (opens && word.head().isEmpty() && !word.isInFolder())) {
          raise(i, sure ? Role.CODE : Role.DOUBTFUL);
        } else if (open && it.mayBecomeOption(operands, word)) {
          raise(i, word.head().isEmpty() ? Role.LOOSE : Role.DOUBTFUL);
        } else {
          doubt(i, null);
        }
        if (it.isOfCommand() && operands == 1 && it.reads()) {
          input |= readsInput(i, end);
        }
        operands++;
        if (it.operands() == Operands.FIRST_IS_CODE && !it.permutes() && !opens) {
          if (Programs.isSource(it)) {
            passed.add(new Passed(i + 1, false));
          }
          unknown(i + 1, end, sure);
          return it.reads() && text.equals("-");
        }
      }
    }
    return it.reads() && !coded && (operands == 0 || it.isOfInput(operands));
  }

  private static boolean nextIs(Options.Reading reading, Kind kind) {
    return reading.kind() == kind && !reading.attached();
  }

  private static boolean isOption(Word word) {
    return word.head().startsWith("-") && !(word.isFixed() && word.head().equals("-"));
  }

  /** A user's shell gets these words; a program is named instead where the user is an option. */
  private void ofUser(int from, int end, boolean user, int operands) {
    if (user) {
      next(from, end, true);
    } else if (operands > 0) {
      shell |= shell(ANY_SHELL, from, end, true);
    } else {
      raiseIn(from, end, Role.CODE);
      shell |= shell(ANY_SHELL, from + 1, end, true);
    }
  }

  private void place(int at, int end) {
    if (at < end && !words.get(at).isFixed()) {
      raise(at, words.get(at).splits() ? Role.CODE : Role.DOUBTFUL);
    }
  }

  /** The words that a shell makes of one value may be further options. */
  private void split(int at, int end, Options options) {
    if (at < end && words.get(at).splits() && options.run()) {
      raise(at, Role.CODE);
    }
  }

  /** Whether a command line of another host reads code. */
  private boolean readsInput(int from, int end) {
    if (end - from > REMOTE_WORDS) {
      return true;
    }
    String line =
        words.subList(from, end).stream().map(Word::asCode).collect(Collectors.joining(" "));
    return depth >= DEPTH_MAX || ShellCode.evaluated(line, depth + 1).contains(INPUT);
  }

  /** An option with its value in one word, or one that a value chooses; whether that is code. */
  private boolean attached(int at, Options.Reading reading, boolean sure) {
    Word word = words.get(at);
    boolean ofLong = word.head().startsWith("--") && word.head().contains("=");
    boolean data = reading.kind() == Kind.DATA || (ofLong && reading.kind() == Kind.FLAG);
    if (word.isFixed()) {
      if (reading.kind().runs() && reading.attached()) {
        raise(at, sure ? Role.CODE : Role.DOUBTFUL); // a file that is named so is run
      }
      input |= reading.kind().runs() && OPTION_OF_INPUT.matcher(word.fixedText()).matches();
    } else if (reading.kind() == Kind.PLACE) {
      raise(at, Role.DOUBTFUL);
    } else if (data && !reading.known()) {
      raise(at, Role.LOOSE); // any of its options, as far as is known
    } else if (!data) {
      raise(at, sure ? Role.CODE : Role.DOUBTFUL);
    }
    return reading.kind().isCode() || reading.kind() == Kind.PROGRAM;
  }

  private void raiseIn(int at, int end, Role role) {
    if (at < end) {
      raise(at, role);
    }
  }

  /** The code after an option, with further options between; where it is. */
  private int code(int from, int end, boolean sure, Options options) {
    int at = from;
    while (at < end && isOption(words.get(at))) {
      Options.Reading reading = options.read(words.get(at).head());
      if (!words.get(at).isFixed()) {
        if (!reading.attached() || reading.kind().runs()) {
          break;
        }
        boolean _ = attached(at, reading, sure);
      }
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
    Set<String> names = evaluatedIn(code);
    evaluated.put(code, variables(names));
    input |= names.contains(INPUT);
    boolean all = ShellCode.ALL.stream().anyMatch(names::contains);
    boolean doubt = ShellCode.ALL.stream().anyMatch(it -> names.contains(ShellCode.DOUBT + it));
    for (int i = code + 1; i < end && !names.isEmpty(); i++) {
      int number = i - code - 1;
      if (number > 0 && (all || (names.contains(ShellCode.SPLIT) && words.get(i).splits()))) {
        raise(i, Role.CODE);
      } else if (names.contains(Integer.toString(number))) {
        raise(i, Role.CODE);
      } else if ((doubt && number > 0) || names.contains(ShellCode.DOUBT + number)) {
        raise(i, words.get(i).isFixed() ? Role.DATA : Role.DOUBTFUL);
      }
    }
    for (String name : names) {
      if (name.startsWith(ShellCode.COMMAND)) {
        start(code + 2 + Integer.parseInt(name.substring(ShellCode.COMMAND.length())), end, true);
      }
    }
  }

  private Set<String> evaluatedIn(int code) {
    return names.computeIfAbsent(
        code, it -> ShellCode.evaluated(words.get(it).asCode(), depth + 1));
  }

  private static Set<String> variables(Set<String> names) {
    return names.stream()
        .filter(
            name -> {
              String bare = ShellCode.withoutDoubt(name);
              return VARIABLE.matcher(bare).matches() || bare.equals(ShellCode.ENVIRONMENT);
            })
        .collect(Collectors.toUnmodifiableSet());
  }

  private void wrapper(Wrapper it, int from, int end, boolean sure) {
    int operands = it.operands();
    for (int i = from; i < end; i++) {
      Word word = words.get(i);
      if (word.splits()) { // what it is split into may be all of a command line
        raise(i, Role.CODE);
      }
      if (word.head().startsWith("-")) {
        int more = option(it, i, end, sure);
        if (more < 0) {
          return;
        }
        i += more;
      } else if (operands > 0 && operands == it.operands() && !begins(it, word)) {
        otherwise(it, from, i, end, sure);
        return;
      } else if (operands > 0 && !isProgramAlready(it, word)) {
        ownOperand(it, i);
        operands--;
      } else if (ASSIGNMENT.matcher(word.head()).matches()) {
        assignment(i);
      } else {
        next(i, end, sure);
        if (it.own() == Own.FEEDS && sure) {
          feed(from, i, end);
        }
        return;
      }
    }
  }

  private void otherwise(Wrapper it, int from, int at, int end, boolean sure) {
    if (it.otherwise() == null) {
      unknown(at, end, sure);
    } else {
      boolean _ = interpreter(it.otherwise(), from, end, sure);
      if (isStarter(words.get(at))) { // uv pip
        next(at, end, sure);
      }
    }
  }

  private static boolean isProgramAlready(Wrapper it, Word word) {
    return it.own() == Own.NUMBER && word.isFixed() && !NUMBER.matcher(word.fixedText()).matches();
  }

  private static boolean begins(Wrapper it, Word word) {
    return it.subcommand() == null || it.subcommand().matcher(word.asCode()).matches();
  }

  /** How many further words belong to the option; -1: nothing is left to be read. */
  private int option(Wrapper it, int at, int end, boolean sure) {
    Word word = words.get(at);
    String text = word.head();
    if (word.isFixed() && text.equals("--")) {
      return 0;
    }
    Options.Reading reading = it.options().read(text);
    boolean code = reading.kind().runs();
    if (reading.kind() == Kind.TELLS) {
      return -1;
    } else if (reading.kind() == Kind.PIPE && isPath(at, reading, end)) {
      return reading.attached() ? 0 : 1;
    } else if (!word.isFixed()) {
      boolean place = reading.kind() == Kind.PLACE;
      boolean data = reading.kind() == Kind.DATA || (reading.attached() && !code && !place);
      boolean loose = data && !reading.known() && it.options().run();
      boolean doubtful = place || !sure;
      raise(at, loose ? Role.LOOSE : data ? Role.DATA : doubtful ? Role.DOUBTFUL : Role.CODE);
    } else if (reading.kind() == Kind.PLACE && !reading.attached()) {
      place(at + 1, end);
    } else if (code && it.equals(Programs.find("env").orElse(null))) {
      split(at, reading, end);
      return -1;
    } else if (code && !reading.attached()) {
      raiseIn(at + 1, end, Role.CODE);
      if (it.own() == Own.PLACE) { // the program is another one, which gets the words behind
        any(at + 1, end);
      } else {
        positional(at + 1, end);
      }
      return 1;
    } else if (code && it.own() == Own.PLACE) {
      any(at + 1, end);
    }
    if (!reading.known() && !reading.attached() && sure) {
      any(at + 1, end);
    }
    if (reading.known() && !reading.attached() && reading.kind().isValue()) {
      if (at + 1 < end && words.get(at + 1).splits()) {
        raise(at + 1, Role.CODE);
      }
      return 1;
    }
    return 0;
  }

  /** Whether the option's value begins as a file's name. */
  private boolean isPath(int at, Options.Reading reading, int end) {
    if (reading.attached()) {
      return PATH_VALUE.matcher(words.get(at).head()).matches();
    }
    return at + 1 < end && PATH_START.matcher(words.get(at + 1).head()).matches();
  }

  /** {@code env -S "bash -e"}: the words of that text, and the rest. */
  private void split(int at, Options.Reading reading, int end) {
    int from = at + (reading.attached() ? 1 : 2);
    raiseIn(from - 1, end, Role.CODE);
    if (from > end) {
      return;
    }
    String text = words.get(from - 1).asCode();
    String value =
        !reading.attached()
            ? text
            : text.substring(text.startsWith("--") ? text.indexOf('=') + 1 : text.indexOf('S') + 1);
    List<Word> first = new ArrayList<>(List.of(Word.fixed("env")));
    first.addAll(ShellCode.words(value));
    line(from - 1, first, from, end);
  }

  /** {@code xargs}: words that it reads stand last, or where its words say so. */
  private void feed(int options, int from, int end) {
    if (within || depth >= DEPTH_MAX) {
      input = true;
      return;
    }
    within = true;
    FedWords own = FedWords.of(words, options, from);
    List<Word> fed = new ArrayList<>();
    for (int i = from; i < end; i++) {
      fed.add(words.get(i).with(own.place(), INPUT));
    }
    fed.add(own.place().isEmpty() ? Word.words(INPUT) : Word.fixed(""));
    Found found = read(fed, depth + 1);
    boolean run =
        IntStream.range(0, fed.size())
            .anyMatch(
                i ->
                    fed.get(i).holes().contains(INPUT)
                        && found.roles().get(i).compareTo(Role.PROGRAM) >= 0);
    boolean feeds =
        found.passed().stream()
            .anyMatch(
                it ->
                    IntStream.range(Math.min(it.at(), fed.size()), fed.size())
                        .anyMatch(i -> fed.get(i).holes().contains(INPUT)));
    if (feeds) {
      passed.add(new Passed(end, false, true));
    }
    if (run) {
      own.files().forEach(i -> raiseIn(i, end, Role.CODE));
      input |= own.files().isEmpty();
    }
  }

  /**
   * Reads words in front of others as one line; what the first do is what the word at that place
   * does.
   */
  private void line(int place, List<Word> first, int from, int end) {
    if (depth >= DEPTH_MAX || within) {
      any(from, end);
      return;
    }
    within = true;
    List<Word> all = new ArrayList<>(first);
    all.addAll(words.subList(from, end));
    Found found = read(all, depth + 1);
    for (int i = from; i < end; i++) {
      raise(i, found.roles().get(first.size() + i - from));
    }
    Set<String> run = new HashSet<>();
    for (int i = 0; i < first.size(); i++) {
      if (found.roles().get(i).compareTo(Role.PROGRAM) >= 0) {
        run.addAll(first.get(i).holes());
      }
    }
    found.evaluated().values().forEach(run::addAll);
    evaluated.put(place, Set.copyOf(run));
    shell |= found.shell();
    input |= found.input();
  }

  private void ownOperand(Wrapper it, int at) {
    if (it.own() == Own.PLACE && !words.get(at).isFixed()) {
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
      } else if (words.get(i).splits()) {
        raise(i, Role.CODE);
      } else if (i > from && isValued(it, words.get(i - 1))) {
        raise(i, Role.DATA);
      } else if (!words.get(i).isFixed() && words.get(i).head().isEmpty()) {
        raise(i, words.get(i).isInFolder() ? Role.DATA : Role.LOOSE); // it may be an option
      } else {
        doubt(i, null);
      }
    }
  }

  private static boolean isValued(Finder it, Word word) {
    return word.isFixed() && it.valued().matcher(word.fixedText()).matches();
  }

  private static boolean isEnd(Word word) {
    return word.isFixed() && List.of(";", "\\;", "+").contains(word.fixedText());
  }
}
