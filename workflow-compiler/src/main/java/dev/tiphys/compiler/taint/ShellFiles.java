package dev.tiphys.compiler.taint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files that commands read, write and run; they are told apart by their base names. */
final class ShellFiles {
  /** The folder that commands are run in. */
  static final String FOLDER = "#folder";

  private static final Pattern PATH = Pattern.compile("[\\w.+-][\\w./+-]*");

  /** What writes files that its words name. */
  private static final Set<String> WRITING =
      Set.of("tee", "cp", "mv", "ln", "install", "dd", "rsync", "sponge");

  /** What prints or compares, but for those of which an option names a file to write. */
  private static final Set<String> PRINTING_TO_FILES = Set.of("curl");

  /** {@code of=file}, but not a variable's assignment. */
  private static final Pattern NAMED = Pattern.compile("(--[\\w-]+|[a-z]\\w*)=.*", Pattern.DOTALL);

  private static final Pattern LETTER = Pattern.compile("-[a-zA-Z0-9]");

  /** Of so many signs of a word it is tried whether a value begins there: {@code -xzf file}. */
  private static final int LETTERS_MAX = 6;

  private final Flow flow;

  /** Files that a command may write, unless its name is a function's. */
  private final Map<String, List<Written>> perhaps = new HashMap<>();

  /** A file's node, and the output that may go there. */
  private record Written(String file, String out) {}

  ShellFiles(Flow flow) {
    this.flow = flow;
  }

  private static String node(Word word) {
    StringBuilder path = new StringBuilder();
    for (Word.Part part : word.parts()) {
      switch (part) {
        case Word.Fixed(String text) -> path.append(text);
        case Word.Hole(String name, String _, Word.Words _) -> path.append('$').append(name);
      }
    }
    return "#file " + path.substring(path.lastIndexOf("/") + 1);
  }

  /** What the word names, or holds, may come there. */
  void read(Word word, String to) {
    word.holes().forEach(hole -> flow.add(hole, to));
    flow.add(node(word), to);
    if (word.fixedText().contains("/environ")) {
      flow.add(ShellCode.ENVIRONMENT, to);
    }
  }

  void write(String out, Word to) {
    flow.add(out, node(to));
  }

  /** The words of a command that may write files which they name. */
  void writeAll(List<Word> words, String out) {
    boolean wrapped =
        Programs.find(words.getFirst().fixedText())
            .filter(Program.Wrapper.class::isInstance)
            .isPresent();
    if (words.stream()
        .limit(wrapped ? words.size() : 1)
        .anyMatch(word -> word.isFixed() && WRITING.contains(word.fixedText()))) {
      words.forEach(word -> write(out, word));
    }
  }

  /** Any program may write the files that its options name, but for those that it runs. */
  void mayWrite(ShellCall call, List<Role> roles) {
    List<Word> words = call.words();
    String name = words.getFirst().fixedText();
    boolean prints =
        Programs.find(name).filter(Program.Plain.class::isInstance).isPresent()
            && !PRINTING_TO_FILES.contains(name);
    for (int i = 1; i < words.size() && !prints; i++) {
      if (roles.get(i).compareTo(Role.PROGRAM) < 0) {
        boolean behind = words.get(i - 1).head().startsWith("-") && words.get(i - 1).isFixed();
        List<Word> files = new ArrayList<>(behind ? List.of(words.get(i)) : List.of());
        files.addAll(value(words.get(i)));
        for (Word file : files) {
          perhaps
              .computeIfAbsent(name, it -> new ArrayList<>())
              .add(new Written(node(file), call.out()));
        }
      }
    }
  }

  /** What stands in one word with the option that it is the value of. */
  private static List<Word> value(Word word) {
    String head = word.head();
    if (NAMED.matcher(head).matches()) {
      return List.of(word.from(head.indexOf('=') + 1));
    }
    List<Word> values = new ArrayList<>();
    if (LETTER.matcher(head).lookingAt()) {
      int end = Math.min(word.asCode().length(), LETTERS_MAX + 1);
      for (int i = 2; i < end && i <= head.length(); i++) {
        values.add(word.from(i));
      }
    }
    return values;
  }

  /** Adds what programs may have written; false if there is nothing more. */
  boolean writePerhaps(Predicate<String> isFunction) {
    List<Written> written =
        perhaps.entrySet().stream()
            .filter(it -> !isFunction.test(it.getKey()))
            .map(Map.Entry::getValue)
            .flatMap(Collection::stream)
            .toList();
    perhaps.clear();
    written.forEach(it -> flow.add(it.out(), it.file()));
    return !written.isEmpty();
  }

  /**
   * The code in a file is run.
   *
   * @param in what the command reads, which may be that file
   */
  void run(Word word, Word program, boolean ofShell, String in) {
    run(node(word), ofShell);
    value(word).forEach(file -> run(node(file), ofShell));
    if (CommandLine.INPUT_FILE.matcher(word.asCode()).matches()) {
      run(in, ofShell);
    }
    boolean relative = word.isFixed() && PATH.matcher(word.fixedText()).matches();
    boolean ofPath =
        Programs.find(program.fixedText())
            .map(
                it ->
                    switch (it) {
                      case Program.Shell _ -> true;
                      case Program.Interpreter interpreter ->
                          interpreter.operands() == Program.Operands.FIRST_IS_CODE
                              && !interpreter.permutes();
                      case Program.Plain _, Program.Wrapper _, Program.Finder _ -> false;
                    })
            .orElse(word.fixedText().startsWith("."));
    if (relative && ofPath) {
      flow.run(FOLDER);
    }
  }

  private void run(String node, boolean ofShell) {
    if (ofShell) {
      flow.run(node);
    } else {
      flow.runByOther(node);
    }
  }
}
