package dev.tiphys.compiler.taint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables whose values a shell's code runs: as the name of a command ({@code $0}),
 * after {@code eval}, in the code of another interpreter ({@code bash -c "$1"}), from what such one
 * reads, where it is split into words that may be options, as a name that may have a subscript.
 * Elsewhere a value in quotes is data to a shell, but for arithmetic, which is not followed. Here
 * commands are told apart, with what they read and write; {@link ShellProgram} says what each of
 * them does. Of code that cannot be read, all that it names is run.
 */
final class ShellCode implements ShellLexer.Commands {
  /** In what is run: the arguments from that number on, counted from 0, are one command line. */
  static final String COMMAND = "command from ";

  /** Before the name of what is not run, but may be to a program that gets it. */
  static final String DOUBT = "doubt ";

  /** In what is run: those of the arguments that a shell has made of one value. */
  static final String SPLIT = "split arguments";

  /** In what is run: all variables of the environment. */
  static final String ENVIRONMENT = "TIPHYS_PARAM_*";

  /** All arguments. */
  static final Set<String> ALL = Set.of("@", "*");

  /** Code within code that is read; of deeper code all counts as run. */
  static final int DEPTH_MAX = 20;

  /** Compound commands within each other that are read. */
  private static final int FRAMES_MAX = 100;

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Words before a command that are none themselves. */
  private static final Set<String> BEFORE = Set.of("then", "else", "elif", "do", "!", "coproc");

  private static final Set<String> OPENING = Set.of("if", "while", "until", "{");

  private static final Set<String> TIME = Set.of("time", "-p", "--");

  /** What is run under a name that is not known. */
  private static final String PATTERN = "#pattern";

  /** What stands for a loop's arithmetic. */
  private static final Word ARITHMETIC = Word.fixed("#none");

  private static final Set<String> CLOSING = Set.of("fi", "done", "}", "esac");

  /** What a command that consists of others is, as far as it matters here. */
  private enum Kind {
    BASE,
    PARENTHESES,
    BRANCH,
    LOOP,
    FUNCTION,
    CASE
  }

  /** A command that consists of others. */
  private static final class Frame {
    private final Kind kind;
    private final String in;
    private final String out;
    private final ShellScope scope;
    private boolean pattern;

    /** A function whose body is one command without braces, with which it ends. */
    private boolean single;

    Frame(Kind kind, String in, String out, ShellScope scope) {
      this.kind = kind;
      this.in = in;
      this.out = out;
      this.scope = scope;
    }
  }

  /** Words that belong to a compound command itself. */
  private enum Header {
    NONE,
    FUNCTION,
    FOR,
    CASE,
    CONDITION
  }

  private final ShellProgram program;
  private final ShellLexer lexer;
  private final int depth;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private List<Word> words = new ArrayList<>();
  private List<Word> headed = new ArrayList<>();
  private Header header = Header.NONE;
  private @Nullable String function;
  private @Nullable String pipe;
  private @Nullable Stage stage;
  private @Nullable Frame closed;
  private boolean plainName;

  /** A part of a pipeline: where it reads and writes. */
  private record Stage(String in, String out) {}

  private ShellCode(ShellProgram program, String code, int depth, Frame base) {
    this.program = program;
    this.depth = depth;
    frames.push(base);
    this.lexer = new ShellLexer(code, this);
  }

  private ShellCode(ShellCode around, ShellLexer lexer, Frame base) {
    this.program = around.program;
    this.depth = around.depth + 1;
    frames.push(base);
    this.lexer = lexer;
  }

  /**
   * Names of variables and numbers of arguments, {@link #ALL} of them, {@link #COMMAND} with a
   * number, {@link #ENVIRONMENT}, {@link CommandLine#INPUT}.
   */
  static Set<String> evaluated(String code) {
    return evaluated(code, 0);
  }

  static String withoutDoubt(String name) {
    return name.startsWith(DOUBT) ? name.substring(DOUBT.length()) : name;
  }

  static Set<String> evaluated(String code, int depth) {
    ShellProgram program = new ShellProgram();
    read(program, code, depth);
    program.finish();
    return program.evaluated();
  }

  /** How much is looked at for it. */
  static int steps(String code) {
    ShellProgram program = new ShellProgram();
    read(program, code, 0);
    program.finish();
    return program.steps();
  }

  private static void read(ShellProgram program, String code, int depth) {
    read(program, code, depth, CommandLine.INPUT, new ShellScope(""));
  }

  /** Reads code of its own. */
  static void read(ShellProgram program, String code, int depth, String in, ShellScope scope) {
    if (depth > DEPTH_MAX) {
      program.runAllNames(code);
      return;
    }
    Frame base = new Frame(Kind.BASE, in, program.node(), scope);
    ShellCode reading = new ShellCode(program, code, depth, base);
    reading.read(false);
  }

  /** The words of a text, as a shell reads them. */
  static List<Word> words(String text) {
    ShellProgram program = new ShellProgram();
    Frame base = new Frame(Kind.BASE, CommandLine.INPUT, program.node(), new ShellScope(""));
    ShellCode reading = new ShellCode(program, text, DEPTH_MAX, base);
    List<Word> words = new ArrayList<>();
    ShellToken token = reading.lexer.next(false);
    while (token != null) {
      if (token instanceof ShellToken.Text read) {
        words.add(read.word());
      }
      token = reading.lexer.next(false);
    }
    return words;
  }

  private Frame top() {
    return frames.element();
  }

  private ShellScope scope() {
    return top().scope;
  }

  /** Reads up to the end or, within a word, to the parenthesis that closes. */
  private void read(boolean within) {
    while (true) {
      boolean start = words.isEmpty() && header == Header.NONE && !top().pattern;
      ShellToken token = lexer.next(start);
      switch (token) {
        case null -> {
          endStage(false);
          if (within || frames.size() > 1 || header != Header.NONE) {
            lexer.lose();
          }
          return;
        }
        case ShellToken.Text text -> word(text, start);
        case ShellToken.Array(String name, List<Word> values) -> program.assignArray(name, values);
        case ShellToken.In(Word from) -> {
          String in = closed != null ? closed.in : readsFrom();
          program.gives(from, in);
        }
        case ShellToken.Out(Word to) ->
            program.writes(closed == null ? stage().out() : closed.out, to);
        case ShellToken.Operator(String sign) -> {
          if (operator(sign, within)) {
            return;
          }
        }
      }
    }
  }

  /** Its own place to read from, since it is given something. */
  private String readsFrom() {
    Stage now = stage();
    String own = program.node();
    program.flow().add(now.in(), own);
    program.flow().add(own, now.out());
    stage = new Stage(own, now.out());
    return own;
  }

  private Stage stage() {
    if (stage == null) {
      stage = new Stage(pipe == null ? top().in : pipe, program.node());
      program.flow().add(stage.in(), stage.out());
      program.flow().add(stage.out(), top().out);
    }
    return stage;
  }

  private String readsNow() {
    return stage != null ? stage.in() : pipe != null ? pipe : top().in;
  }

  private void word(ShellToken.Text text, boolean start) {
    switch (header) {
      case FUNCTION -> {
        function = text.word().fixedText();
        if (lexer.takes('(')) {
          boolean _ = lexer.takes(')');
        }
        header = Header.NONE;
      }
      case FOR -> {
        if (text.is("do") || (text.is("{") && headed.contains(ARITHMETIC))) {
          endFor();
        } else {
          headed.add(text.word());
        }
      }
      case CASE -> {
        if (text.is("in")) {
          header = Header.NONE;
          headed = new ArrayList<>();
          open(Kind.CASE);
          top().pattern = true;
        }
      }
      case CONDITION -> {
        if (text.is("]]")) {
          header = Header.NONE;
          headed = new ArrayList<>();
          lexer.condition(false);
        } else {
          program.condition(text.word(), headed.isEmpty() ? "" : headed.getLast().fixedText());
          headed = new ArrayList<>(List.of(text.word()));
        }
      }
      case NONE -> {
        if (top().pattern) {
          if (text.is("esac")) {
            close(Kind.CASE);
          }
        } else if (!(start && text.plain() && reserved(text.word().fixedText()))) {
          Stage _ = stage();
          plainName = text.plain();
          if (!(text.is("!") && words.stream().allMatch(ShellCode::isTime))) {
            words.add(isChosen(text) ? Word.words(PATTERN) : text.word());
          }
        }
      }
    }
  }

  private static boolean isTime(Word word) {
    return TIME.contains(word.fixedText());
  }

  /** A command's name of which the shell makes others: by a pattern of files, or by braces. */
  private boolean isChosen(ShellToken.Text text) {
    return words.stream().allMatch(ShellCode::isTime)
        && text.plain()
        && isPattern(text.word().asCode());
  }

  /** Read once from each end: an expression for it would try each of many braces with each. */
  private static boolean isPattern(String text) {
    int open = text.indexOf('{');
    int close = text.lastIndexOf('}');
    String within = open >= 0 && open < close ? text.substring(open + 1, close) : "";
    return text.indexOf('*') >= 0
        || text.indexOf('?') >= 0
        || within.indexOf(',') >= 0
        || within.contains("..")
        || hasSet(text);
  }

  /** Signs in brackets, behind something and before anything but an assignment. */
  private static boolean hasSet(String text) {
    int open = text.indexOf('[', 1);
    if (open < 0) {
      return false;
    }
    for (int end = text.indexOf(']', open + 2); end >= 0; end = text.indexOf(']', end + 1)) {
      if (!text.startsWith("=", end + 1) && !text.startsWith("+=", end + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean reserved(String word) {
    if (OPENING.contains(word)) {
      open(word.equals("while") || word.equals("until") ? Kind.LOOP : Kind.BRANCH);
    } else if (CLOSING.contains(word)) {
      close(word.equals("esac") ? Kind.CASE : Kind.BRANCH);
    } else {
      switch (word) {
        case "for", "select" -> {
          openSingle();
          header = Header.FOR;
        }
        case "case" -> {
          openSingle();
          header = Header.CASE;
        }
        case "function" -> header = Header.FUNCTION;
        case "[[" -> {
          header = Header.CONDITION;
          lexer.condition(true);
        }
        default -> {
          return BEFORE.contains(word);
        }
      }
    }
    return true;
  }

  /** The words of a loop's head are those of the function whose body the loop is. */
  private void openSingle() {
    if (function != null) {
      open(Kind.BRANCH);
      top().single = true;
    }
  }

  private void open(Kind kind) {
    if (frames.size() > FRAMES_MAX) {
      lexer.lose();
      return;
    }
    closed = null;
    if (function != null) {
      String name = ShellScope.ofFunction(function);
      program.define(function);
      function = null;
      frames.push(new Frame(Kind.FUNCTION, name + "in", name + "out", new ShellScope(name)));
    } else {
      Stage now = stage();
      String in = program.node();
      program.flow().add(now.in(), in);
      frames.push(new Frame(kind, in, now.out(), scope()));
    }
    stage = null;
    pipe = null;
  }

  private void close(Kind kind) {
    boolean fits =
        switch (top().kind) {
          case BASE -> false;
          case PARENTHESES -> kind == Kind.PARENTHESES;
          case CASE -> kind == Kind.CASE;
          case BRANCH, LOOP -> kind == Kind.BRANCH;
          case FUNCTION -> true;
        };
    if (!fits) {
      lexer.lose();
      return;
    }
    Frame frame = frames.pop();
    if (top().single) {
      frame = frames.pop();
    }
    closed = frame;
    pipe = null;
    // its words are over, and what follows may take what it wrote
    stage = new Stage(frame.in, frame.out);
  }

  private void endFor() {
    List<Word> all = headed;
    headed = new ArrayList<>();
    header = Header.NONE;
    open(Kind.LOOP);
    if (!all.isEmpty()) {
      String name = all.getFirst().fixedText();
      boolean ofWords = all.size() > 1 && all.get(1).fixedText().equals("in");
      if (ofWords) {
        all.subList(2, all.size()).forEach(value -> program.assignEach(name, value));
      } else {
        String each = scope().parameter("@", 0);
        program.flow().add(each, name);
        program.flow().add(ShellArguments.split(each), ShellArguments.split(name));
      }
    }
  }

  /** Whether that ends what is read. */
  private boolean operator(String sign, boolean within) {
    switch (header) {
      case CONDITION -> {
        if (sign.equals(";") || sign.equals("&")) { // to some shells this is no condition
          lexer.lose();
        }
        return false;
      }
      case CASE -> {
        return false;
      }
      case FOR -> {
        if ((sign.equals(";") || sign.equals("\n")) && !headed.isEmpty()) {
          endFor();
        } else if (sign.equals("(") && !lexer.skipArithmetic()) {
          lexer.lose();
        } else if (sign.equals("(")) {
          headed.add(ARITHMETIC);
        }
        return false;
      }
      case FUNCTION, NONE -> {
        return separator(sign, within);
      }
    }
    throw new IllegalStateException();
  }

  private boolean separator(String sign, boolean within) {
    switch (sign) {
      case "(" -> parenthesis();
      case ")" -> {
        if (top().pattern) {
          top().pattern = false;
          return false;
        }
        endStage(false);
        if (top().kind == Kind.BASE && within) {
          return true;
        }
        close(Kind.PARENTHESES);
      }
      case "|", "|&" -> {
        if (!top().pattern) {
          endStage(true);
        }
      }
      case ";;", ";&", ";;&" -> {
        endStage(false);
        top().pattern = top().kind == Kind.CASE;
      }
      case "((" -> {
        function = null;
        Stage _ = stage();
      }
      default -> endStage(false);
    }
    return false;
  }

  private void parenthesis() {
    if (top().pattern) {
      return;
    }
    if (words.isEmpty()) {
      open(Kind.PARENTHESES);
    } else if (words.size() == 1 && plainName && lexer.takes(')')) {
      function = words.getFirst().fixedText();
      words = new ArrayList<>();
      stage = null;
    } else {
      lexer.lose();
    }
  }

  private void endStage(boolean piped) {
    if (!words.isEmpty()) {
      Stage now = stage();
      program.command(words, now.in(), now.out(), scope(), isStraight(), depth);
      words = new ArrayList<>();
    }
    pipe = piped && stage != null ? stage.out() : null;
    stage = null;
    closed = null;
  }

  /** Whether a command here is run once, in this order. */
  private boolean isStraight() {
    return top().kind == Kind.BASE || top().kind == Kind.FUNCTION;
  }

  @Override
  public String parameter(String name, int offset) {
    return DIGITS.matcher(name).matches() || ALL.contains(name)
        ? scope().parameter(name, offset)
        : name;
  }

  @Override
  public String substitute(ShellLexer from) {
    return substitute(from, readsNow(), program.node());
  }

  private String substitute(ShellLexer from, String in, String out) {
    if (depth >= DEPTH_MAX) {
      from.lose();
      return out;
    }
    ShellCode inner = new ShellCode(this, from, new Frame(Kind.BASE, in, out, scope()));
    ShellLexer.Commands before = from.ask(inner);
    inner.read(true);
    ShellLexer.Commands _ = from.ask(before);
    return out;
  }

  @Override
  public String substitute(String text) {
    String out = program.node();
    if (depth >= DEPTH_MAX) {
      program.runAllNames(text);
      return out;
    }
    Frame base = new Frame(Kind.BASE, readsNow(), out, scope());
    ShellCode inner = new ShellCode(program, text, depth + 1, base);
    inner.read(false);
    return out;
  }

  @Override
  public String feed(ShellLexer from) {
    String in = ShellProgram.FEED + program.node();
    String out = substitute(from, in, program.node());
    program.flow().add(out, top().out);
    return in;
  }

  @Override
  public void document(String node, Word body) {
    program.document(node, body);
  }

  @Override
  public void assign(String parameter, Word word) {
    program.assign(parameter, word);
  }

  @Override
  public void run(String parameter) {
    program.flow().run(parameter);
  }

  @Override
  public void lose() {
    program.runAllNames(lexer.code());
  }

  @Override
  public String node() {
    return program.node();
  }
}
