package dev.tiphys.compiler.taint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a shell's code into words and signs, each sign once. Commands within words are read by
 * whoever asks for the words; what stands for a word's part that is not fixed is a node of the
 * {@link Flow}.
 */
final class ShellLexer {
  /** What is done with what stands in words. */
  interface Commands {
    /** The node of a parameter, like {@code 1}, {@code @} or a variable's name. */
    String parameter(String name, int offset);

    /** Reads the commands up to the parenthesis that closes; the node of their output. */
    String substitute(ShellLexer lexer);

    /** Reads commands that stand in a text of their own; the node of their output. */
    String substitute(String text);

    /** Reads the commands up to the parenthesis that closes; the node of what they read. */
    String feed(ShellLexer lexer);

    /** The text of a here-document. */
    void document(String node, Word body);

    /** What stands in the word may be the parameter's value from then on. */
    void assign(String parameter, Word word);

    /** The value of the parameter is run. */
    void run(String parameter);

    /** What follows is not understood. */
    void lose();

    String node();
  }

  private static final Pattern ARRAY = Pattern.compile("([A-Za-z_]\\w*)(\\[[^\\]]*\\])?\\+?=");
  private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]+|\\{[A-Za-z_]\\w*\\}");

  /** Two words without a sign between them, which no arithmetic has. */
  private static final Pattern COMMAND = Pattern.compile("\\s*[A-Za-z_][\\w./-]*\\s+[\"'$\\w]");

  private static final NavigableSet<Integer> NONE = Collections.emptyNavigableSet();
  private static final String SIGNS = ";&|()<>";

  /** Expansions within expansions that are read. */
  private static final int NESTING_MAX = 50;

  private record Document(String delimiter, boolean quoted, boolean tabs, String node) {}

  private final String code;
  private final Deque<Document> documents = new ArrayDeque<>();
  private Commands commands;
  private int at;
  private int nesting;
  private boolean lost;

  /** Within {@code [[ ]]}, where a number sign begins no comment unless a blank is before it. */
  private boolean condition;

  /** Within double quotes, where a single one is a sign like others. */
  private boolean quoted;

  /** Where lines begin, by their text; after a tab, those without their tabs. */
  private @Nullable Map<String, NavigableSet<Integer>> lines;

  ShellLexer(String code, Commands commands) {
    this.code = code;
    this.commands = commands;
  }

  /** Who is asked from now on; returns who was so far. */
  Commands ask(Commands next) {
    Commands before = commands;
    commands = next;
    return before;
  }

  String code() {
    return code;
  }

  /** What stands here is not understood: nothing more is read. */
  void lose() {
    if (!lost) {
      lost = true;
      commands.lose();
    }
    at = code.length();
  }

  void condition(boolean within) {
    condition = within;
  }

  /** Whether it is the second parenthesis of arithmetic; that is read then. */
  boolean skipArithmetic() {
    return sign(at) == '(' && arithmetic(at - 1, new Parts());
  }

  private char sign(int index) {
    return index < code.length() ? code.charAt(index) : '\0';
  }

  /**
   * The next one; null at the end.
   *
   * @param start whether a command may begin here
   */
  @Nullable ShellToken next(boolean start) {
    blanks();
    if (at >= code.length()) {
      return null;
    }
    char sign = sign(at);
    if (sign == '\n') {
      at++;
      readDocuments();
      return new ShellToken.Operator("\n");
    } else if ((sign == '<' || sign == '>') && sign(at + 1) != '(') {
      return redirection();
    } else if (sign == '&' && sign(at + 1) == '>') {
      at++;
      return redirection();
    } else if (sign == '(' && sign(at + 1) == '(' && start && arithmetic(at, new Parts())) {
      return new ShellToken.Operator("((");
    } else if (sign != '<' && sign != '>' && SIGNS.indexOf(sign) >= 0) {
      return operator();
    }
    return word(start);
  }

  /** Whether the next sign is that one; it is taken then. */
  boolean takes(char sign) {
    blanks();
    boolean is = sign(at) == sign;
    at += is ? 1 : 0;
    return is;
  }

  private void blanks() {
    while (at < code.length()) {
      char sign = sign(at);
      if (sign == '\\' && sign(at + 1) == '\n') {
        at += 2;
      } else if (sign == '#' && condition && at > 0 && !Character.isWhitespace(sign(at - 1))) {
        return;
      } else if (sign == '#' && at > 0 && isOtherBlank(sign(at - 1))) {
        lose(); // it is a comment only where the shell takes that sign for a blank
      } else if (sign == '#') {
        int end = code.indexOf('\n', at);
        at = end < 0 ? code.length() : end;
      } else if (sign != '\n' && Character.isWhitespace(sign)) {
        at++;
      } else {
        return;
      }
    }
  }

  private static boolean isOtherBlank(char sign) {
    return Character.isWhitespace(sign) && " \t\n".indexOf(sign) < 0;
  }

  private ShellToken operator() {
    for (String sign : List.of(";;&", ";;", ";&", "&&", "||", "|&")) {
      if (code.startsWith(sign, at)) {
        at += sign.length();
        return new ShellToken.Operator(sign);
      }
    }
    return new ShellToken.Operator(String.valueOf(sign(at++)));
  }

  private ShellToken redirection() {
    boolean in = sign(at) == '<';
    at++;
    if (in && code.startsWith("<<", at)) {
      at += 2;
      return new ShellToken.In(target());
    } else if (in && sign(at) == '<') {
      at++;
      return document();
    }
    boolean both = in && sign(at) == '>';
    at += both || (!in && (sign(at) == '>' || sign(at) == '|')) ? 1 : 0;
    boolean descriptor = sign(at) == '&';
    at += descriptor ? 1 : 0;
    Word target = target();
    if (descriptor && target.isFixed() && target.fixedText().matches("[0-9]*-?")) {
      return new ShellToken.Out(new Word(List.of()));
    }
    return in ? new ShellToken.In(target) : new ShellToken.Out(target);
  }

  private Word target() {
    blanks();
    boolean none = at >= code.length() || sign(at) == '\n' || ";&|()".indexOf(sign(at)) >= 0;
    return none || !(word(false) instanceof ShellToken.Text text)
        ? new Word(List.of())
        : text.word();
  }

  private ShellToken document() {
    boolean tabs = sign(at) == '-';
    at += tabs ? 1 : 0;
    while (sign(at) == ' ' || sign(at) == '\t') {
      at++;
    }
    StringBuilder delimiter = new StringBuilder();
    boolean quoted = false;
    while (at < code.length() && !Character.isWhitespace(sign(at)) && SIGNS.indexOf(sign(at)) < 0) {
      char sign = sign(at++);
      int end = sign == '\'' || sign == '"' ? code.indexOf(sign, at) : -1;
      if (sign == '$' && (sign(at) == '\'' || sign(at) == '"')) {
        lose(); // shells differ in where it ends
        return new ShellToken.In(new Word(List.of()));
      }
      if (end >= 0) {
        quoted = true;
        delimiter.append(code, at, end);
        at = end + 1;
      } else if (sign == '\\') {
        quoted = true;
      } else {
        delimiter.append(sign);
      }
    }
    String node = commands.node();
    if (quoted || !delimiter.isEmpty()) {
      documents.add(new Document(delimiter.toString(), quoted, tabs, node));
    }
    return new ShellToken.In(Word.hole(node));
  }

  /** They begin with the line after the one that names them. */
  private void readDocuments() {
    while (!documents.isEmpty()) {
      Document document = documents.remove();
      int end = lineOf(document.delimiter(), at, document.tabs());
      if (end < 0) {
        continue; // it is none, or the shell will say so
      }
      String text = code.substring(at, end);
      int after = code.indexOf('\n', end);
      at = after < 0 ? code.length() : after + 1;
      commands.document(
          document.node(),
          document.quoted()
              ? new Word(List.of(new Word.Fixed(text)))
              : new ShellLexer(text, commands).expanded());
    }
  }

  /** The text as a here-document that is not quoted. */
  private Word expanded() {
    Parts parts = new Parts();
    quoted = true;
    while (at < code.length()) {
      inQuotes(parts);
    }
    return parts.word();
  }

  private int lineOf(String text, int from, boolean tabs) {
    if (lines == null) {
      lines = new HashMap<>();
      int begin = 0;
      for (String line : code.split("\n", -1)) {
        lines.computeIfAbsent(line, it -> new TreeSet<>()).add(begin);
        if (line.startsWith("\t")) {
          String bare = line.replaceFirst("^\t+", "");
          lines
              .computeIfAbsent("\t" + bare, it -> new TreeSet<>())
              .add(begin + line.length() - bare.length());
        }
        begin += line.length() + 1;
      }
    }
    Integer plain = lines.getOrDefault(text, NONE).ceiling(from);
    Integer tabbed = tabs ? lines.getOrDefault("\t" + text, NONE).ceiling(from) : null;
    return Stream.of(plain, tabbed)
        .flatMap(Stream::ofNullable)
        .mapToInt(Integer::intValue)
        .min()
        .orElse(-1);
  }

  /** The parts of a word as they come. */
  private static final class Parts {
    private final List<Word.Part> parts = new ArrayList<>();
    private final StringBuilder fixed = new StringBuilder();
    private boolean plain = true;

    void fixed(char sign) {
      fixed.append(sign);
    }

    void fixed(String text) {
      fixed.append(text);
    }

    void quote() {
      plain = false;
    }

    void hole(String name, Word.Words words) {
      end();
      plain = false;
      parts.add(new Word.Hole(name, "x", words));
    }

    void addAll(Word word) {
      end();
      plain = false;
      parts.addAll(word.parts());
    }

    boolean isPlain() {
      return plain;
    }

    String text() {
      return fixed.toString();
    }

    private void end() {
      if (!fixed.isEmpty()) {
        parts.addAll(Word.fixed(fixed.toString()).parts());
        fixed.setLength(0);
      }
    }

    Word word() {
      end();
      return new Word(parts);
    }
  }

  private String substitute(boolean feed) {
    boolean before = quoted;
    quoted = false;
    String node = feed ? commands.feed(this) : commands.substitute(this);
    quoted = before;
    return node;
  }

  private ShellToken word(boolean start) {
    Parts parts = new Parts();
    int from = at;
    while (at < code.length()) {
      char sign = sign(at);
      if (sign == '(' && at > from && "?*+@!".indexOf(sign(at - 1)) >= 0 && parts.isPlain()) {
        if (start && parts.text().equals("!")) {
          break;
        }
        pattern(parts);
      } else if (sign == '(' && parts.isPlain()) {
        Matcher array = ARRAY.matcher(parts.text());
        if (array.matches()) {
          return array(array.group(1));
        }
        break;
      } else if ((sign == '<' || sign == '>') && sign(at + 1) == '(') {
        at += 2;
        parts.hole(substitute(sign == '>'), Word.Words.ONE);
      } else if (sign == '<' || sign == '>') {
        if (at > from && parts.isPlain() && DESCRIPTOR.matcher(parts.text()).matches()) {
          return redirection();
        }
        break;
      } else if (Character.isWhitespace(sign) || SIGNS.indexOf(sign) >= 0) {
        break;
      } else {
        unquoted(parts);
      }
    }
    boolean plain = parts.isPlain();
    return new ShellToken.Text(parts.word(), plain);
  }

  /** One sign outside quotes, or what begins there. */
  private void unquoted(Parts parts) {
    char sign = sign(at);
    if (sign == '\\') {
      if (sign(at + 1) != '\n') {
        parts.quote();
        parts.fixed(at + 1 < code.length() ? code.substring(at + 1, at + 2) : "");
      }
      at += 2;
    } else if (sign == '\'' && !quoted) {
      parts.quote();
      int end = code.indexOf('\'', at + 1);
      if (end < 0) {
        lose();
        return;
      }
      parts.fixed(code.substring(at + 1, end));
      at = end + 1;
    } else if (sign == '"' || (sign == '$' && sign(at + 1) == '"')) {
      at += sign == '"' ? 1 : 2;
      quotes(parts);
    } else if (sign == '$' && sign(at + 1) == '\'' && !quoted) {
      at += 2;
      escapes(parts);
    } else {
      expansion(parts);
    }
  }

  /** Up to the double quote that closes. */
  private void quotes(Parts parts) {
    parts.quote();
    boolean before = quoted;
    quoted = true;
    while (at < code.length() && sign(at) != '"') {
      inQuotes(parts);
    }
    quoted = before;
    if (at >= code.length()) {
      lose();
    }
    at++;
  }

  private void inQuotes(Parts parts) {
    char sign = sign(at);
    if (sign == '\\') {
      char next = sign(at + 1);
      if (next != '\n') {
        parts.fixed("$`\"\\".indexOf(next) >= 0 ? String.valueOf(next) : "\\" + next);
      }
      at += 2;
    } else {
      expansion(parts);
    }
  }

  /** {@code $'...'}. */
  private void escapes(Parts parts) {
    parts.quote();
    while (at < code.length() && sign(at) != '\'') {
      if (sign(at) == '\\') {
        at++;
        escape(parts);
      } else {
        parts.fixed(sign(at++));
      }
    }
    if (at >= code.length()) {
      lose();
    }
    at++;
  }

  private void escape(Parts parts) {
    char sign = sign(at++);
    switch (sign) {
      case 'n' -> parts.fixed('\n');
      case 't' -> parts.fixed('\t');
      case 'a', 'b', 'e', 'E', 'f', 'r', 'v' -> parts.fixed(' ');
      case 'x' -> number(parts, 16, 2);
      case 'u' -> number(parts, 16, 4);
      case 'U' -> number(parts, 16, 8);
      case 'c' -> at++;
      default -> {
        if (Character.digit(sign, 8) >= 0) {
          at--;
          number(parts, 8, 3);
        } else {
          parts.fixed(sign);
        }
      }
    }
  }

  private void number(Parts parts, int radix, int digits) {
    int value = 0;
    int from = at;
    while (at < from + digits && Character.digit(sign(at), radix) >= 0) {
      value = value * radix + Character.digit(sign(at++), radix);
    }
    parts.fixed(Character.isValidCodePoint(value) ? Character.toString(value) : "");
  }

  /** One sign, or what a dollar or a backquote begins. */
  private void expansion(Parts parts) {
    char sign = sign(at);
    if (sign == '`') {
      backquotes(parts);
    } else if (sign != '$') {
      parts.fixed(sign);
      at++;
    } else if (sign(at + 1) == '(') {
      if (!(sign(at + 2) == '(' && arithmetic(at + 1, parts))) {
        at += 2;
        parts.hole(substitute(false), words(false));
      }
    } else if (sign(at + 1) == '{') {
      at += 2;
      parameter(parts);
    } else {
      at++;
      String name = name();
      if (name.isEmpty()) {
        parts.fixed('$');
      } else {
        parts.hole(commands.parameter(name, 0), words(name.equals("@")));
      }
    }
  }

  /** How many words a value becomes here. */
  private Word.Words words(boolean list) {
    return !quoted ? Word.Words.SPLIT : list ? Word.Words.LIST : Word.Words.ONE;
  }

  /** A parameter's name, without braces: of a number only the first digit. */
  private String name() {
    char first = sign(at);
    if (isDigit(first) || (first != '\0' && "@*#?!$-".indexOf(first) >= 0)) {
      at++;
      return isDigit(first) || first == '@' || first == '*' ? String.valueOf(first) : "#none";
    }
    int from = at;
    while (isWord(sign(at))) {
      at++;
    }
    return code.substring(from, at);
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }

  private static boolean isWord(char sign) {
    return isDigit(sign)
        || (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || sign == '_';
  }

  private boolean deeper() {
    if (++nesting > NESTING_MAX) {
      lose();
      return false;
    }
    return true;
  }

  private void backquotes(Parts parts) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < code.length() && sign(at) != '`') {
      if (sign(at) == '\\' && "`\\$".indexOf(sign(at + 1)) >= 0) {
        at++;
      }
      text.append(sign(at++));
    }
    if (at >= code.length()) {
      lose();
      return;
    }
    at++;
    parts.hole(commands.substitute(text.toString()), words(false));
  }

  /** What follows <code>${</code>. */
  private void parameter(Parts parts) {
    if (!deeper()) {
      return;
    }
    char first = sign(at);
    boolean length = first == '#' && sign(at + 1) != '}';
    boolean indirect = first == '!' && sign(at + 1) != '}';
    at += length || indirect ? 1 : 0;
    int from = at;
    if (isDigit(sign(at))) {
      while (isDigit(sign(at))) {
        at++;
      }
    }
    String name = at > from ? code.substring(from, at) : name();
    if (name.isEmpty()) { // ${ command; }
      lose();
      return;
    }
    boolean list = name.equals("@") || code.startsWith("[@]", at);
    boolean all = code.startsWith("[@]", at) || code.startsWith("[*]", at);
    if (sign(at) == '[') {
      braces(new Parts(), ']');
    }
    Parts rest = new Parts();
    int operator = at;
    braces(rest, '}');
    String text = code.substring(operator, Math.max(operator, Math.min(at, code.length()) - 1));
    nesting--;
    boolean slice = text.matches(":[1-9][0-9]?");
    String node = commands.parameter(name, slice ? Integer.parseInt(text.substring(1)) - 1 : 0);
    Word word = rest.word();
    if (text.equals("@P")) {
      commands.run(node);
    }
    if (text.startsWith("=") || text.startsWith(":=")) {
      commands.assign(node, word);
    }
    if (!length) {
      parts.hole(node, words(list));
      word.holes().forEach(hole -> parts.hole(hole, words(false)));
    }
    if (indirect) {
      parts.hole(ShellCode.ENVIRONMENT, words(false));
      parts.hole(commands.parameter("@", 0), words(false));
      if (!all && !text.matches("[@*]")) { // a name may have a subscript, and that is run
        commands.run(node);
      }
    }
    if (text.startsWith("-") || text.startsWith(":-") || text.startsWith(":=")) {
      parts.addAll(word);
    }
  }

  /** Up to the sign that closes. */
  private void braces(Parts parts, char close) {
    at += close == ']' ? 1 : 0;
    while (at < code.length() && sign(at) != close) {
      unquoted(parts);
    }
    if (at >= code.length()) {
      lose();
    }
    at++;
  }

  /** Whether it is arithmetic, and closes by two parentheses; it is read then. */
  private boolean arithmetic(int open, Parts around) {
    int inner = closing(open + 2, 1);
    if (inner < 0) {
      lose();
      return true;
    } else if (sign(inner + 1) != ')') {
      return false;
    } else if (deeper()) {
      if (COMMAND.matcher(code).region(open + 2, inner).lookingAt()) {
        lose(); // to some shells these are two parentheses, and a command in them
        return true;
      }
      at = open + 2;
      Parts parts = new Parts();
      while (at < inner) {
        unquoted(parts);
      }
      at = at == inner ? inner + 2 : at;
      nesting--;
      around.fixed('0');
      around.quote();
    }
    return true;
  }

  /** Where so many parentheses that are open there close; -1: nowhere. */
  private int closing(int from, int open) {
    int depth = open;
    for (int i = from; i < code.length(); i++) {
      if (sign(i) == '\\') {
        i++;
      } else if (sign(i) == '\'' || sign(i) == '"') {
        int end = code.indexOf(sign(i), i + 1);
        i = end < 0 ? i : end;
      } else if (sign(i) == '(') {
        depth++;
      } else if (sign(i) == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** A pattern of names in parentheses. */
  private void pattern(Parts parts) {
    int open = 0;
    do {
      char sign = sign(at);
      open += sign == '(' ? 1 : sign == ')' ? -1 : 0;
      if (sign == '(' || sign == ')') {
        parts.fixed(sign);
        at++;
      } else {
        unquoted(parts);
      }
    } while (open > 0 && at < code.length());
  }

  private ShellToken array(String name) {
    at++;
    List<Word> words = new ArrayList<>();
    while (true) {
      ShellToken token = next(false);
      switch (token) {
        case null -> {
          lose();
          return new ShellToken.Array(name, words);
        }
        case ShellToken.Text text -> words.add(text.word());
        case ShellToken.Operator(String sign) -> {
          if (sign.equals(")")) {
            return new ShellToken.Array(name, words);
          }
        }
        case ShellToken.Array _, ShellToken.In _, ShellToken.Out _ -> {}
      }
    }
  }
}
