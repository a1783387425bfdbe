package dev.tiphys.compiler.taint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the commands of a shell's code do with values. It knows no order of commands: what comes
 * into a variable, a file, a pipe or a function's argument somewhere is followed from everywhere it
 * may be taken from.
 */
final class ShellProgram {
  /** What a command reads that another one's output is sent to. */
  static final String FEED = "#feed";

  /** Texts that a variable may have, of each of which a command line is made. */
  private static final int LITERALS_MAX = 8;

  /** Words of commands that are made of others' words: a bound for the time it takes. */
  private static final int DERIVED_MAX = 20_000;

  static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_]\\w*)(?:\\[[^\\]]*\\])?\\+?=(.*)", Pattern.DOTALL);

  private static final Pattern CODE_LIKE = Pattern.compile("[\\s$`;|&()]");
  private static final Pattern ENVIRONMENT_TOLD =
      Pattern.compile("\\b(env|printenv|environ|envsubst)\\b|\\$\\{!");

  private static final Set<String> AROUND = Set.of("command", "builtin", "time");

  private final Flow flow = new Flow();
  private final ShellArguments arguments = new ShellArguments(this, flow);
  private final ShellBuiltins builtins = new ShellBuiltins(this, flow, arguments);
  private final ShellFiles files = new ShellFiles(flow);
  private final Map<String, Set<String>> literals = new HashMap<>();
  private final Set<String> computed = new HashSet<>();
  private final Map<String, List<Word>> arrays = new HashMap<>();
  private final Deque<Chosen> chosen = new ArrayDeque<>();
  private final Set<Integer> commands = new HashSet<>();
  private final Set<String> references = new HashSet<>();
  private final Deque<Text> texts = new ArrayDeque<>();

  /** What is in doubt, by the program that gets it. */
  private final Map<String, Set<String>> doubts = new HashMap<>();

  private int nodes;
  private int derived;

  /** A command whose first word is that node's value. */
  record Chosen(String node, ShellCall call) {}

  /** Code that a command of the shell itself runs where it stands. */
  private record Text(String code, ShellCall call) {}

  Flow flow() {
    return flow;
  }

  String node() {
    return "#" + nodes++;
  }

  int steps() {
    return flow.steps() + nodes + derived;
  }

  /** See {@link ShellCode#evaluated(String)}. */
  Set<String> evaluated() {
    Set<String> names =
        flow.reached().stream()
            .filter(name -> !name.startsWith("#") || name.equals(CommandLine.INPUT))
            .collect(Collectors.toSet());
    commands.forEach(from -> names.add(ShellCode.COMMAND + from));
    if (flow.reached().contains(ShellArguments.split("@"))) {
      names.add(ShellCode.SPLIT);
    }
    Set<String> doubtful = new HashSet<>();
    doubts.forEach(
        (program, nodes) -> doubtful.addAll(arguments.isFunction(program) ? Set.of() : nodes));
    flow.reaching(doubtful).stream()
        .filter(name -> !name.startsWith("#") && !names.contains(name))
        .forEach(name -> names.add(ShellCode.DOUBT + name));
    return Set.copyOf(names);
  }

  /** Follows what could not be followed before all was read. */
  void finish() {
    while (true) {
      Flow.Code code = flow.nextCode();
      if (code != null) {
        ShellScope scope = new ShellScope(ShellArguments.CODE);
        ShellCode.read(this, code.text(), code.depth(), ShellArguments.CODE_IN, scope);
      } else if (!texts.isEmpty()) {
        Text text = texts.remove();
        ShellCall call = text.call();
        ShellCode.read(this, text.code(), call.depth() + 1, call.in(), call.scope().copy());
      } else if (!chosen.isEmpty()) {
        choose(chosen.remove());
      } else if (!files.writePerhaps(arguments::isFunction)) {
        return;
      }
    }
  }

  /** Nothing is known of the code but its words. */
  void runAllNames(String code) {
    for (int at = code.indexOf('$'); at >= 0; at = code.indexOf('$', at + 1)) {
      int from = at + 1;
      while (from < code.length() && "{!#".indexOf(code.charAt(from)) >= 0) {
        from++;
      }
      int end = from;
      while (end < code.length()
          && (Character.isLetterOrDigit(code.charAt(end)) || code.charAt(end) == '_')) {
        end++;
      }
      boolean all = from < code.length() && "@*".indexOf(code.charAt(from)) >= 0;
      String name = all ? "@" : end > from ? code.substring(from, end) : "#none";
      flow.run(name);
      if (all || Character.isDigit(name.charAt(0))) {
        flow.run(ShellArguments.CODE + "@");
      }
    }
    if (ENVIRONMENT_TOLD.matcher(code).find()) {
      flow.run(ShellCode.ENVIRONMENT);
    }
    if (!Word.fixed(code).isFixed()) {
      flow.run(Word.FOLDER_VARIABLE);
    }
    flow.run(CommandLine.INPUT);
  }

  /** What is in the word may be in the parameter. */
  void assign(String name, Word value) {
    for (String hole : value.holes()) {
      flow.add(hole, name);
      flow.add(ShellArguments.split(hole), ShellArguments.split(name));
    }
    if (references.contains(name)) {
      value.holes().forEach(flow::run); // it is in any variable
    }
    String text = value.asCode();
    if (value.isFixed()) {
      literals.computeIfAbsent(name, it -> new LinkedHashSet<>()).add(text);
    } else {
      computed.add(name);
    }
    literal(text, name, 1);
    if (StartupVariables.contains(name)) {
      flow.run(name);
    }
  }

  void assignArray(String name, List<Word> values) {
    arrays.computeIfAbsent(name, it -> new ArrayList<>()).addAll(values);
    for (Word value : values) {
      value.holes().forEach(hole -> flow.add(hole, name));
      arguments.list(value, name, true);
    }
    values.forEach(value -> literal(value.asCode(), name, 1));
  }

  /** Each of the word's words may be in the parameter. */
  void assignEach(String name, Word value) {
    assign(name, value);
    arguments.list(value, name, true);
  }

  /** The parameter's value is none that stands in the code. */
  void compute(String name) {
    computed.add(name);
  }

  /** The parameter is another name of any. */
  void refer(String name) {
    references.add(name);
  }

  void define(String function) {
    arguments.define(function);
  }

  void literal(String text, String to, int depth) {
    if (CODE_LIKE.matcher(text).find()) {
      String node = node();
      flow.text(node, text, depth);
      flow.add(node, to);
    }
  }

  void document(String node, Word body) {
    body.holes().forEach(hole -> flow.add(hole, node));
    flow.text(node, body.asCode(), 1);
  }

  /** The command that reads there is given what the word says. */
  void gives(Word from, String in) {
    files.read(from, in);
    literal(from.asCode(), in, 1);
  }

  void writes(String out, Word to) {
    if (!to.parts().isEmpty()) {
      feed(to, out);
      files.write(out, to);
    }
  }

  private void feed(Word word, String out) {
    word.holes().stream()
        .filter(hole -> hole.startsWith(FEED))
        .forEach(hole -> flow.add(out, hole));
  }

  /**
   * A command of the code.
   *
   * @param straight whether it is run once, and after what stands before it
   */
  void command(
      List<Word> all, String in, String out, ShellScope scope, boolean straight, int depth) {
    int at = 0;
    while (at < all.size() && assignment(all.get(at))) {
      at++;
    }
    List<Word> words = all.subList(at, all.size());
    if (!words.isEmpty()) {
      arguments.change(words, scope, straight);
      command(new ShellCall(List.copyOf(words), in, out, scope.copy(), depth));
    }
  }

  boolean assignment(Word word) {
    Matcher assignment = ASSIGNMENT.matcher(word.asCode());
    if (assignment.matches() && !word.head().isEmpty()) {
      assign(assignment.group(1), word.from(assignment.start(2)));
      return true;
    }
    return false;
  }

  /** A word of {@code [[ ]]}; a name in it may have a subscript, which is run. */
  void condition(Word word, String before) {
    word.holes().forEach(hole -> flow.add(hole, "BASH_REMATCH"));
    if (before.equals("-v") || before.equals("-R")) {
      word.holes().forEach(flow::run);
    }
  }

  private void command(ShellCall call) {
    List<Word> words = call.words();
    words.getLast().holes().forEach(hole -> flow.add(hole, "_"));
    for (Word word : words) {
      files.read(word, call.out());
      feed(word, call.out());
      literal(word.asCode(), call.out(), call.depth() + 1);
      if (!word.isFixed()) {
        Matcher assignment = ASSIGNMENT.matcher(word.head());
        if (assignment.matches()) {
          word.holes().forEach(hole -> flow.add(hole, assignment.group(1)));
        }
      }
    }
    int at = 0;
    while (at < words.size() - 1
        && words.get(at).isFixed()
        && AROUND.contains(words.get(at).fixedText())
        && !words.get(at + 1).head().startsWith("-")) {
      at++;
    }
    List<Word> own = words.subList(at, words.size());
    builtins.run(own, call);
    files.writeAll(own, call.out());
    if (words.getFirst().isFixed()) {
      called(words.getFirst().fixedText(), call);
    }
    line(call);
  }

  /** It may be a function's name, or an alias. */
  private void called(String name, ShellCall call) {
    String prefix = ShellScope.ofFunction(name);
    flow.add(call.in(), prefix + "in");
    flow.add(prefix + "out", call.out());
    arguments.pass(prefix, call, false);
    builtins.expand(name, call);
  }

  /** Whether no more commands are made of others' words. */
  boolean isFull() {
    return derived > DERIVED_MAX;
  }

  /** A command that is made of others' words. */
  void derive(ShellCall made, ShellCall of) {
    if (!isTooMuch(of) && !made.words().isEmpty()) {
      command(made);
    }
  }

  /** The command runs that code where it stands. */
  void runText(String code, ShellCall call) {
    texts.add(new Text(code, call));
  }

  /** The command line itself. */
  private void line(ShellCall call) {
    List<Word> words = call.words();
    if (isHole(words.getFirst())) {
      chosen.add(new Chosen(words.getFirst().holes().getFirst(), call));
      return;
    }
    CommandLine.Found found = CommandLine.read(words, call.depth());
    apply(call, found, 0);
    files.mayWrite(call, found.roles());
    if (words.stream().anyMatch(Word::isList)) {
      splitLists(words.stream().map(Word::ofSplitLists).toList(), call.depth());
    }
  }

  /** What was split into a list's words may be options, as where it stands without quotes. */
  private void splitLists(List<Word> words, int depth) {
    CommandLine.Found found = CommandLine.read(words, depth);
    for (int i = 0; i < words.size(); i++) {
      if (found.roles().get(i).compareTo(Role.PROGRAM) >= 0) {
        words.get(i).values().stream()
            .filter(hole -> hole.words() == Word.Words.SPLIT)
            .forEach(hole -> flow.run(hole.name()));
      }
    }
  }

  private static boolean isHole(Word word) {
    return word.parts().size() == 1 && !word.isFixed();
  }

  private void apply(ShellCall call, CommandLine.Found found, int from) {
    List<Word> words = call.words();
    boolean ofShell =
        words.stream().anyMatch(ShellProgram::isShell)
            || words.stream().noneMatch(ShellProgram::isLanguage);
    for (int i = from; i < words.size(); i++) {
      Word word = words.get(i);
      switch (found.roles().get(i)) {
        case DATA -> {}
        case LOOSE -> doubt(words, word.leading().isEmpty() ? word.holes() : loose(word));
        case DOUBTFUL -> doubt(words, word.holes());
        case PROGRAM -> {
          if (isHole(word)) {
            chosen.add(new Chosen(word.holes().getFirst(), call.with(List.of(), i)));
            return; // what follows is to that one what it says
          }
          word.holes().forEach(flow::run);
          if (word.asCode().contains("/")) {
            files.run(word, words.getFirst(), ofShell, call.in());
          }
        }
        case CODE -> {
          word.holes().forEach(hole -> run(hole, ofShell));
          files.run(word, words.getFirst(), ofShell, call.in());
          if (word.isFixed()) {
            namesIn(word.fixedText()).forEach(name -> flow.add(name, call.out()));
          }
        }
      }
    }
    found.evaluated().values().stream().flatMap(Set::stream).forEach(this::runOrDoubt);
    if (found.input()) {
      run(call.in(), ofShell);
    }
    pass(call, found.passed());
  }

  /** Code that is not read here gets the words from there on. */
  private void pass(ShellCall call, List<CommandLine.Passed> passed) {
    if (!passed.isEmpty()) {
      CommandLine.Passed first = passed.getFirst();
      int name = first.at() - 1;
      if (first.named() && name < call.words().size()) {
        call.words().get(name).holes().forEach(hole -> flow.add(hole, "0"));
      }
      flow.add(call.in(), ShellArguments.CODE_IN);
      List<Word> behind = new ArrayList<>(List.of(Word.fixed("")));
      if (passed.stream().anyMatch(CommandLine.Passed::fed)) {
        behind.add(Word.words(call.in()));
      }
      arguments.pass(ShellArguments.CODE, call.with(behind, first.at()), passed.size() > 1);
    }
  }

  private void doubt(List<Word> words, List<String> holes) {
    String program = words.getFirst().isFixed() ? words.getFirst().fixedText() : "";
    doubts.computeIfAbsent(program, it -> new HashSet<>()).addAll(holes);
  }

  /** What a word that begins with a value is loose for: that value alone may be an option. */
  private static List<String> loose(Word word) {
    return CommandLine.isNameLike(word) ? word.leading() : word.holes();
  }

  private void runOrDoubt(String name) {
    String bare = ShellCode.withoutDoubt(name);
    if (bare.equals(name)) {
      flow.run(name);
    } else {
      doubts.computeIfAbsent("", it -> new HashSet<>()).add(bare);
    }
  }

  private void run(String node, boolean ofShell) {
    if (ofShell) {
      flow.run(node);
    } else {
      flow.runByOther(node);
    }
  }

  private static boolean isShell(Word word) {
    return Programs.find(word.fixedText())
        .filter(
            it ->
                it instanceof Program.Shell
                    || (it instanceof Program.Interpreter interpreter
                        && (interpreter.operands() == Program.Operands.CODE
                            || interpreter.operands() == Program.Operands.HOST
                            || interpreter.operands() == Program.Operands.USER
                            || Programs.isOfShell(interpreter))))
        .isPresent();
  }

  private static boolean isLanguage(Word word) {
    return Programs.find(word.fixedText())
        .filter(Program.Interpreter.class::isInstance)
        .isPresent();
  }

  private static Set<String> namesIn(String code) {
    Set<String> names = new HashSet<>();
    Matcher matcher = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)").matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** Whether no more is made of commands; what they are given is run then. */
  private boolean isTooMuch(ShellCall call) {
    if (derived <= DERIVED_MAX) {
      derived += call.words().size();
      if (derived > DERIVED_MAX) {
        Stream.concat(arguments.all().stream(), chosen.stream().map(Chosen::call))
            .distinct()
            .flatMap(each -> each.words().stream())
            .forEach(word -> word.holes().forEach(flow::run));
        call.words().forEach(word -> word.holes().forEach(flow::run));
        arguments.runAll();
      }
    }
    return derived > DERIVED_MAX;
  }

  /** A command whose program is a parameter's value. */
  private void choose(Chosen first) {
    ShellCall call = first.call();
    String node = first.node();
    int all = node.indexOf('@');
    String prefix = all < 0 ? "" : node.substring(0, all);
    Set<String> texts = literals.getOrDefault(node, Set.of());
    if (isTooMuch(call)) {
      flow.run(node);
    } else if (all >= 0 && !arguments.isUncertain(prefix)) {
      if (prefix.isEmpty() || prefix.equals(ShellArguments.CODE)) {
        commands.add(ShellArguments.from(node));
        apply(call, CommandLine.read(call.words(), call.depth()), 1);
      }
      arguments.run(first, prefix);
    } else if (arrays.containsKey(node) && !computed.contains(node)) {
      derive(call.with(arrays.getOrDefault(node, List.of()), 1), call);
    } else if (!texts.isEmpty() && texts.size() <= LITERALS_MAX && !computed.contains(node)) {
      texts.forEach(text -> derive(call.with(ShellCode.words(text), 1), call));
    } else {
      flow.run(node);
      files.run(call.words().getFirst(), call.words().getFirst(), true, call.in());
      apply(call, CommandLine.read(call.words(), call.depth()), 1);
    }
  }
}
