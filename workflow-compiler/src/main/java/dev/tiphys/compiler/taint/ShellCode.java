package dev.tiphys.compiler.taint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables whose values a shell's code runs: as the name of a command ({@code $0}),
 * after {@code eval}, in the code of another interpreter ({@code bash -c "$1"}). Everywhere else a
 * shell takes a variable's value for data. It is no shell: what hides better is not found.
 */
final class ShellCode {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:([0-9@*]|[A-Za-z_]\\w*)|\\{[!#]?([0-9]+|[@*]|[A-Za-z_]\\w*)[^}]*\\})");

  /** The same within a here-document, without those that stand there escaped. */
  private static final Pattern PUT_IN = Pattern.compile("(?<!\\\\)" + REFERENCE.pattern());

  private static final NavigableSet<Integer> NONE = Collections.emptyNavigableSet();

  /** The beginning of a here-document: its delimiter with quotes, or without. */
  private static final Pattern HERE =
      Pattern.compile("<<(-?)[ \\t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|(\\\\?)([A-Za-z_][\\w.-]*))");

  /** What stands before a text that a command is given to read. */
  private static final Word GIVEN = new Word(List.of(new Word.Fixed("<<<")));

  /** In what is run: all arguments are one command line. */
  static final String COMMAND = "a command";

  /** Commands within commands that are read; of deeper ones all counts as run. */
  private static final int DEPTH_MAX = 20;

  /** All arguments. */
  static final Set<String> ALL = Set.of("@", "*");

  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_]\\w*)\\+?=.*", Pattern.DOTALL);

  /** Words before a command that are none themselves. */
  private static final Set<String> BEFORE =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "while",
          "until",
          "do",
          "!",
          "{",
          "export",
          "local",
          "readonly",
          "declare",
          "typeset");

  private final List<Word> words = new ArrayList<>();
  private final List<Word.Part> parts = new ArrayList<>();
  private final StringBuilder fixed = new StringBuilder();
  private final Map<String, Set<String>> assigned = new HashMap<>();
  private final Set<String> evaluated = new HashSet<>();
  private final String code;
  private final int depth;
  private boolean begun;

  /** Where the here-documents end that have been found so far. */
  private int documentsEnd;

  /** Where lines begin, by their text; after a tab, those without their tabs. */
  private @Nullable Map<String, NavigableSet<Integer>> lines;

  /** The command whose output the next one reads. */
  private List<Word> piped = List.of();

  private ShellCode(String code, int depth) {
    this.code = code;
    this.depth = depth;
  }

  /** Names of variables and numbers of arguments, {@link #ALL} of them, {@link #COMMAND}. */
  static Set<String> evaluated(String code) {
    ShellCode reading = new ShellCode(code, 0);
    reading.read();
    reading.follow();
    return Set.copyOf(reading.evaluated);
  }

  private void read() {
    boolean quoted = false; // in double quotes
    Matcher reference = REFERENCE.matcher(code);
    Matcher here = HERE.matcher(code);
    for (int i = 0; i < code.length(); i++) {
      char sign = code.charAt(i);
      if (sign == '\\' && i + 1 < code.length()) {
        i++;
        add(code.charAt(i));
      } else if (sign == '\'' && !quoted) {
        int end = code.indexOf('\'', i + 1);
        end = end < 0 ? code.length() : end;
        literal(code.substring(i + 1, end));
        i = end;
      } else if (sign == '"') {
        quoted = !quoted;
        begun = true;
      } else if (sign == '$' && reference.region(i, code.length()).lookingAt()) {
        hole(nameIn(reference.toMatchResult()), reference.group());
        i = reference.end() - 1;
      } else if (sign == '`' || code.startsWith("$(", i)) {
        int from = i + (sign == '`' ? 1 : 2);
        int end = sign == '`' ? code.indexOf('`', from) : closing(from);
        end = end < 0 ? code.length() : end;
        substitute(code.substring(from, end));
        i = end;
      } else if (!quoted && sign == '#' && !begun) {
        int end = code.indexOf('\n', i);
        i = end < 0 ? code.length() : end - 1;
      } else if (!quoted && code.startsWith("<<<", i)) {
        endWord();
        words.add(GIVEN);
        i += 2;
      } else if (!quoted && sign == '<' && here.region(i, code.length()).lookingAt()) {
        endWord();
        document(here.toMatchResult());
        i = here.end() - 1;
      } else if (!quoted && ";\n|&()".indexOf(sign) >= 0) {
        endCommand(sign);
        i = sign == '\n' ? Math.max(i, documentsEnd - 1) : i;
      } else if (!quoted && Character.isWhitespace(sign)) {
        endWord();
      } else {
        add(sign);
      }
    }
    endCommand('\n');
  }

  /** Where the parenthesis that is open there closes; -1: nowhere. */
  private int closing(int from) {
    int open = 1;
    for (int i = from; i < code.length(); i++) {
      if (code.charAt(i) == '\\') {
        i++;
      } else if (code.charAt(i) == '(') {
        open++;
      } else if (code.charAt(i) == ')' && --open == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The lines from the next one on to the delimiter: no commands, but what the command reads. */
  private void document(MatchResult here) {
    boolean quoted = here.group(5) == null || !here.group(4).isEmpty();
    String delimiter =
        here.group(2) != null ? here.group(2) : here.group(quoted && here.group(5) == null ? 3 : 5);
    int line = code.indexOf('\n', here.end()) + 1;
    int from = Math.max(line, documentsEnd);
    int end = line == 0 ? -1 : lineOf(delimiter, from, !here.group(1).isEmpty());
    if (end < 0) {
      return; // it is none, or the shell will say so
    }
    documentsEnd = Math.min(code.length(), end + delimiter.length() + 1);
    String text = code.substring(from, end);
    List<Word.Part> body = new ArrayList<>();
    body.add(new Word.Fixed(quoted ? text : text.replace("\\$", "$")));
    if (!quoted) {
      PUT_IN
          .matcher(text)
          .results()
          .forEach(match -> body.add(new Word.Hole(nameIn(match), match.group())));
      adopt(": \"" + text.replace("\"", "\\\"") + "\"");
    }
    words.add(GIVEN);
    words.add(new Word(body));
  }

  private int lineOf(String text, int from, boolean tabs) {
    if (lines == null) {
      lines = new HashMap<>();
      int at = 0;
      for (String line : code.split("\n", -1)) {
        lines.computeIfAbsent(line, it -> new TreeSet<>()).add(at);
        if (line.startsWith("\t")) {
          String bare = line.replaceFirst("^\t+", "");
          lines
              .computeIfAbsent("\t" + bare, it -> new TreeSet<>())
              .add(at + line.length() - bare.length());
        }
        at += line.length() + 1;
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

  /** What code does that this code runs on its way. */
  private void adopt(String command) {
    if (depth < DEPTH_MAX) {
      ShellCode inner = new ShellCode(command, depth + 1);
      inner.read();
      evaluated.addAll(inner.evaluated);
      inner.assigned.forEach(
          (name, from) -> assigned.computeIfAbsent(name, it -> new HashSet<>()).addAll(from));
    } else {
      REFERENCE.matcher(command).results().map(ShellCode::nameIn).forEach(evaluated::add);
    }
  }

  /** A command whose output stands there: it may be of whatever the command is given. */
  private void substitute(String command) {
    List<String> names =
        REFERENCE.matcher(command).results().map(ShellCode::nameIn).distinct().toList();
    adopt(command);
    begun = true;
    names.forEach(name -> hole(name, ""));
  }

  private static String nameIn(MatchResult reference) {
    return reference.group(1) == null ? reference.group(2) : reference.group(1);
  }

  private void add(char sign) {
    fixed.append(sign);
    begun = true;
  }

  /** In single quotes: no value comes in here, but what runs the text as code puts it in then. */
  private void literal(String text) {
    fixed.append(text);
    begun = true;
  }

  private void hole(String name, String shown) {
    endFixed();
    parts.add(new Word.Hole(name, shown));
    begun = true;
  }

  private void endFixed() {
    if (!fixed.isEmpty()) {
      parts.add(new Word.Fixed(fixed.toString()));
      fixed.setLength(0);
    }
  }

  private void endWord() {
    endFixed();
    if (begun) {
      words.add(new Word(parts));
    }
    parts.clear();
    begun = false;
  }

  private void endCommand(char sign) {
    endWord();
    List<Word> command = List.copyOf(words);
    words.clear();
    if (!command.isEmpty()) {
      command(command);
    }
    piped = sign == '|' ? command : List.of();
  }

  private void command(List<Word> all) {
    int at = 0;
    boolean before = true;
    while (at < all.size() && before) {
      Word word = all.get(at);
      before = word.isFixed() && BEFORE.contains(word.fixedText());
      Matcher assignment = ASSIGNMENT.matcher(word.head());
      if (!before && assignment.matches()) {
        assign(assignment.group(1), word);
        before = true;
      }
      at += before ? 1 : 0;
    }
    List<Word> command = all.subList(at, all.size());
    if (command.isEmpty()) {
      return;
    }
    if (command.size() > 2 && command.getFirst().fixedText().equals("for")) {
      command.stream().skip(2).forEach(word -> assign(command.get(1).fixedText(), word));
      return;
    }
    run(command);
    if (command.getFirst().fixedText().equals("eval")) {
      command.stream()
          .flatMap(word -> REFERENCE.matcher(word.fixedText()).results())
          .map(ShellCode::nameIn)
          .forEach(evaluated::add);
    }
  }

  private void run(List<Word> all) {
    List<Word> command = new ArrayList<>();
    List<Word> given = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).equals(GIVEN)) {
        command.add(all.get(i));
      } else if (++i < all.size()) {
        given.add(all.get(i));
      }
    }
    CommandLine.Found found = CommandLine.read(command);
    for (int i = 0; i < command.size(); i++) {
      switch (found.roles().get(i)) {
        case DATA, DOUBTFUL -> {}
        case PROGRAM ->
            command
                .get(i)
                .holes()
                .forEach(name -> evaluated.add(ALL.contains(name) ? COMMAND : name));
        case CODE -> evaluated.addAll(command.get(i).holes());
      }
    }
    found.evaluated().values().forEach(evaluated::addAll);
    if (found.shell()) { // it reads its code from there
      piped.forEach(word -> evaluated.addAll(word.holes()));
      given.forEach(this::given);
    }
  }

  /** A shell reads its code from there. */
  private void given(Word word) {
    evaluated.addAll(word.holes());
    adopt(word.fixedText());
  }

  private void assign(String name, Word value) {
    assigned.computeIfAbsent(name, it -> new HashSet<>()).addAll(value.holes());
    if (StartupVariables.contains(name)) {
      evaluated.add(name);
    }
  }

  /** To the fixed point: what is assigned to a variable is run where the variable is. */
  private void follow() {
    boolean more = true;
    while (more) {
      Set<String> found = new HashSet<>();
      evaluated.stream()
          .filter(assigned::containsKey)
          .forEach(name -> found.addAll(assigned.get(name)));
      more = evaluated.addAll(found);
    }
  }
}
