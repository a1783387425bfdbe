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

  /** The folder that commands are run in. */
  private static final String FOLDER = "#folder";

  /** Arguments by number that are told apart. */
  static final int POSITIONS = 9;

  /** Texts that a variable may have, of each of which a command line is made. */
  private static final int LITERALS_MAX = 8;

  /** Words of commands that are made of others' words: a bound for the time it takes. */
  private static final int DERIVED_MAX = 20_000;

  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_]\\w*)(?:\\[[^\\]]*\\])?\\+?=(.*)", Pattern.DOTALL);

  private static final Pattern SUBSCRIPT = Pattern.compile("\\[.*", Pattern.DOTALL);

  private static final Pattern READ_VALUED = Pattern.compile("-[a-zA-Z]*[dnNptui]");
  private static final Pattern MAPFILE_VALUED = Pattern.compile("-[a-zA-Z]*[dnOsuCc]");
  private static final Pattern PATH = Pattern.compile("[\\w.+-][\\w./+-]*");
  private static final Pattern CODE_LIKE = Pattern.compile("[\\s$`;|&()]");
  private static final Pattern ENVIRONMENT_TOLD =
      Pattern.compile("\\b(env|printenv|environ|envsubst)\\b|\\$\\{!");

  private static final Pattern ABOVE_FOLDER = Pattern.compile("/+tiphys/*");

  private static final Set<String> DECLARING =
      Set.of("export", "local", "readonly", "declare", "typeset");

  /** What writes files that its words name. */
  private static final Set<String> WRITING =
      Set.of("tee", "cp", "mv", "ln", "install", "dd", "rsync", "sponge");

  private static final Set<String> AROUND = Set.of("command", "builtin", "time");

  private final Flow flow = new Flow();
  private final Map<String, Set<String>> literals = new HashMap<>();
  private final Set<String> computed = new HashSet<>();
  private final Map<String, List<Word>> arrays = new HashMap<>();
  private final Map<String, List<Call>> calls = new HashMap<>();
  private final Map<String, List<List<Word>>> aliases = new HashMap<>();
  private final Map<String, List<Chosen>> runners = new HashMap<>();
  private final Set<String> defined = new HashSet<>();
  private final Set<String> uncertain = new HashSet<>();
  private final Deque<Chosen> chosen = new ArrayDeque<>();
  private final Set<Integer> commands = new HashSet<>();
  private final Set<String> references = new HashSet<>();
  private final Set<String> doubts = new HashSet<>();
  private int nodes;
  private int derived;

  /** A command with where it reads and writes. */
  private record Call(List<Word> words, String in, String out, int depth) {
    Call with(List<Word> first, int from) {
      List<Word> all = new ArrayList<>(first);
      all.addAll(words.subList(Math.min(from, words.size()), words.size()));
      return new Call(all, in, out, depth);
    }
  }

  /** A command whose first word is that node's value. */
  private record Chosen(String node, Call call) {}

  ShellProgram() {
    for (int i = 1; i <= POSITIONS; i++) {
      flow.add("@", "@" + i);
    }
  }

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
    flow.reaching(doubts).stream()
        .filter(name -> !name.startsWith("#") && !names.contains(name))
        .forEach(name -> names.add(ShellCode.DOUBT + name));
    return Set.copyOf(names);
  }

  /** Follows what could not be followed before all was read. */
  void finish() {
    while (true) {
      Flow.Code code = flow.nextCode();
      if (code != null) {
        String _ = ShellCode.read(this, code.text(), code.depth());
      } else if (!chosen.isEmpty()) {
        choose(chosen.remove());
      } else {
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
      flow.run(all ? "@" : end > from ? code.substring(from, end) : "#none");
    }
    if (ENVIRONMENT_TOLD.matcher(code).find()) {
      flow.run(ShellCode.ENVIRONMENT);
    }
    if (!Word.fixed(code).isFixed()) {
      flow.run(Word.FOLDER_VARIABLE);
    }
    flow.run(CommandLine.INPUT);
  }

  void define(String function) {
    String prefix = ShellScope.ofFunction(function);
    if (defined.add(function)) {
      for (int i = 0; i < POSITIONS; i++) {
        String all = prefix + (i == 0 ? "@" : "@" + i);
        flow.add(prefix + (i + 1), all);
        flow.add(prefix + "@" + (i + 1), all);
      }
    }
  }

  /** What is in the word may be in the parameter. */
  void assign(String name, Word value) {
    value.holes().forEach(hole -> flow.add(hole, name));
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
    values.forEach(value -> value.holes().forEach(hole -> flow.add(hole, name)));
    values.forEach(value -> literal(value.asCode(), name, 1));
  }

  private void literal(String text, String to, int depth) {
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
    mention(from, in);
    literal(from.asCode(), in, 1);
  }

  void writes(String out, Word to) {
    if (!to.parts().isEmpty()) {
      feed(to, out);
      flow.add(out, file(to));
    }
  }

  private void feed(Word word, String out) {
    word.holes().stream()
        .filter(hole -> hole.startsWith(FEED))
        .forEach(hole -> flow.add(out, hole));
  }

  private void mention(Word word, String to) {
    word.holes().forEach(hole -> flow.add(hole, to));
    flow.add(file(word), to);
    if (word.fixedText().contains("/environ")) {
      flow.add(ShellCode.ENVIRONMENT, to);
    }
  }

  /** A file, told from others by its base name. */
  private static String file(Word word) {
    StringBuilder path = new StringBuilder();
    for (Word.Part part : word.parts()) {
      switch (part) {
        case Word.Fixed(String text) -> path.append(text);
        case Word.Hole(String name, String _, boolean _) -> path.append('$').append(name);
      }
    }
    return "#file " + path.substring(path.lastIndexOf("/") + 1);
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
      arguments(words, scope, straight);
      command(new Call(List.copyOf(words), in, out, depth));
    }
  }

  private boolean assignment(Word word) {
    Matcher assignment = ASSIGNMENT.matcher(word.asCode());
    if (assignment.matches() && !word.head().isEmpty()) {
      assign(assignment.group(1), word.from(assignment.start(2)));
      return true;
    }
    return false;
  }

  /** What is put into a variable by its name, which may have a subscript. */
  private void assignByName(Word to, Word value) {
    to.holes().forEach(flow::run);
    if (!to.isFixed()) {
      value.holes().forEach(flow::run); // it is in any variable
    }
    String name = SUBSCRIPT.matcher(to.fixedText()).replaceFirst("");
    computed.add(name);
    assign(name, value);
  }

  /** A word of {@code [[ ]]}; a name in it may have a subscript, which is run. */
  void condition(Word word, String before) {
    word.holes().forEach(hole -> flow.add(hole, "BASH_REMATCH"));
    if (before.equals("-v") || before.equals("-R")) {
      word.holes().forEach(flow::run);
    }
  }

  /** {@code set --} and {@code shift}. */
  private void arguments(List<Word> words, ShellScope scope, boolean straight) {
    String name = words.getFirst().fixedText();
    if (name.equals("shift")) {
      String by = words.size() > 1 ? words.get(1).asCode() : "1";
      if (straight && by.matches("[0-9]{1,3}")) {
        scope.shift(Integer.parseInt(by));
      } else {
        uncertain.add(scope.prefix());
        for (int i = 1; i <= POSITIONS; i++) {
          flow.add(scope.prefix() + "@", scope.prefix() + i);
        }
      }
    } else if (name.equals("set")) {
      int from = 1;
      while (from < words.size() && words.get(from).head().matches("[-+].*")) {
        String option = words.get(from++).asCode();
        if (option.equals("--") || option.equals("-")) {
          break;
        }
        from += option.endsWith("o") ? 1 : 0;
      }
      for (int i = from; i < words.size(); i++) {
        int number = i - from + 1;
        for (String hole : words.get(i).holes()) {
          flow.add(hole, scope.parameter(Integer.toString(number), 0));
          for (int k = 0; k < Math.min(number, POSITIONS); k++) {
            flow.add(hole, scope.parameter("@", k));
          }
        }
        literal(words.get(i).asCode(), scope.parameter("@", 0), 1);
      }
      if (from < words.size()) {
        uncertain.add(scope.prefix());
      }
    } else if (name.equals("getopts")) {
      flow.add(scope.parameter("@", 0), "OPTARG");
    }
  }

  private void command(Call call) {
    List<Word> words = call.words();
    words.getLast().holes().forEach(hole -> flow.add(hole, "_"));
    for (Word word : words) {
      mention(word, call.out());
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
    builtin(words.subList(at, words.size()), call);
    if (words.getFirst().isFixed()) {
      called(words.getFirst().fixedText(), call);
    }
    line(call);
  }

  /** It may be a function's name. */
  private void called(String name, Call call) {
    String prefix = ShellScope.ofFunction(name);
    boolean spread = false;
    for (int i = 1; i < call.words().size(); i++) {
      Word word = call.words().get(i);
      spread |= word.holes().stream().anyMatch(hole -> hole.contains("@"));
      for (String hole : word.holes()) {
        for (int k = i; k <= (spread ? Math.max(i, POSITIONS) : i); k++) {
          flow.add(hole, prefix + (k > POSITIONS ? "@" + POSITIONS : k));
        }
      }
      literal(word.asCode(), prefix + (i > POSITIONS ? "@" + POSITIONS : i), call.depth() + 1);
    }
    flow.add(call.in(), prefix + "in");
    flow.add(prefix + "out", call.out());
    calls.computeIfAbsent(name, it -> new ArrayList<>()).add(call);
    List.copyOf(aliases.getOrDefault(name, List.of())).forEach(first -> expand(first, call));
    for (Chosen runner : List.copyOf(runners.getOrDefault(name, List.of()))) {
      runArguments(runner, call);
    }
  }

  /** {@code alias run=eval; run a}. */
  private void alias(Word word, Call call) {
    String text = word.asCode();
    int equals = text.indexOf('=');
    runText(text.substring(equals + 1), call);
    List<Word> first = ShellCode.words(text.substring(equals + 1));
    String name = text.substring(0, Math.max(equals, 0));
    if (!first.isEmpty() && !first.getFirst().asCode().equals(name)) {
      aliases.computeIfAbsent(name, it -> new ArrayList<>()).add(first);
      List.copyOf(calls.getOrDefault(name, List.of())).forEach(call2 -> expand(first, call2));
    }
  }

  private void expand(List<Word> first, Call call) {
    if (!isTooMuch(call)) {
      command(call.with(first, 1));
    }
  }

  private void builtin(List<Word> words, Call call) {
    String name = words.getFirst().fixedText();
    List<Word> operands = words.subList(1, words.size());
    switch (name) {
      case "read" -> read(operands, READ_VALUED, call.in(), "REPLY");
      case "mapfile", "readarray" -> {
        read(operands, MAPFILE_VALUED, call.in(), "MAPFILE");
        if (operands.stream().anyMatch(word -> word.head().startsWith("-C"))) {
          operands.forEach(word -> word.holes().forEach(flow::run));
          flow.run(call.in());
        }
      }
      case "printf" -> {
        if (operands.size() > 1 && operands.getFirst().head().equals("-v")) {
          Word to = operands.get(1);
          assignByName(to, Word.fixed(""));
          operands.subList(2, operands.size()).forEach(word -> assignByName(to, word));
        }
        operands.stream().limit(1).forEach(this::mayBeOption);
      }
      case "[", "test" -> test(operands);
      case "unset" -> operands.forEach(word -> word.holes().forEach(flow::run));
      case "eval" -> runText(texts(withoutDashes(operands)), call);
      case "trap" -> runText(texts(withoutDashes(operands).limit(1)), call);
      case "alias" -> operands.forEach(word -> alias(word, call));
      case "cd", "pushd" ->
          operands.forEach(
              word -> {
                word.holes().forEach(hole -> flow.add(hole, FOLDER));
                flow.add(FOLDER, "PWD");
                if (ABOVE_FOLDER.matcher(word.asCode()).matches()) {
                  flow.add(Word.FOLDER_VARIABLE, FOLDER);
                }
              });
      case "exec" -> {
        if (operands.isEmpty()) {
          flow.add(call.in(), CommandLine.INPUT);
        }
      }
      case "getopts" -> {
        operands.stream().skip(1).limit(1).forEach(w -> flow.add("OPTARG", w.fixedText()));
        operands.stream()
            .skip(2)
            .flatMap(word -> word.holes().stream())
            .forEach(hole -> flow.add(hole, "OPTARG"));
      }
      case "envsubst" -> flow.add(ShellCode.ENVIRONMENT, call.out());
      case "printenv" -> {
        operands.forEach(word -> flow.add(word.fixedText(), call.out()));
        tell(operands.isEmpty(), call);
      }
      case "env", "set" ->
          tell(
              operands.stream()
                      .allMatch(
                          w -> w.head().startsWith("-") || ASSIGNMENT.matcher(w.head()).matches())
                  && !(name.equals("set") && !operands.isEmpty()),
              call);
      default -> {
        if (DECLARING.contains(name)) {
          declare(operands, call);
        }
      }
    }
    boolean wrapped = Programs.find(name).filter(Program.Wrapper.class::isInstance).isPresent();
    if (words.stream()
        .limit(wrapped ? words.size() : 1)
        .anyMatch(word -> word.isFixed() && WRITING.contains(word.fixedText()))) {
      words.forEach(word -> flow.add(call.out(), file(word)));
    }
  }

  private void tell(boolean all, Call call) {
    if (all) {
      flow.add(ShellCode.ENVIRONMENT, call.out());
    }
  }

  private static Stream<Word> withoutDashes(List<Word> operands) {
    return operands.stream().skip(isDashes(operands) ? 1 : 0);
  }

  private static boolean isDashes(List<Word> operands) {
    return !operands.isEmpty() && operands.getFirst().asCode().equals("--");
  }

  /** A name after {@code -v} may have a subscript, which is run; a value may become that option. */
  private void test(List<Word> operands) {
    String before = "";
    for (Word word : operands) {
      mayBeOption(word);
      if (before.equals("-v") || before.equals("-R")) {
        word.holes().forEach(flow::run);
      }
      before = word.asCode();
    }
  }

  private void mayBeOption(Word word) {
    if (word.splits()) {
      word.holes().forEach(flow::run);
    }
  }

  private static String texts(Stream<Word> words) {
    return words.map(Word::asCode).collect(Collectors.joining(" "));
  }

  private void runText(String text, Call call) {
    String node = node();
    flow.text(node, text, call.depth() + 1);
    flow.run(node);
  }

  private void read(List<Word> operands, Pattern valued, String in, String otherwise) {
    boolean named = false;
    for (int i = 0; i < operands.size(); i++) {
      Word word = operands.get(i);
      if (word.head().startsWith("-")) {
        i += word.isFixed() && valued.matcher(word.fixedText()).matches() ? 1 : 0;
      } else {
        named = true;
        word.holes().forEach(flow::run);
        if (!word.isFixed()) {
          flow.run(in); // it is in any variable
        }
        into(in, SUBSCRIPT.matcher(word.fixedText()).replaceFirst(""));
      }
    }
    if (!named) {
      into(in, otherwise);
    }
  }

  private void into(String in, String name) {
    computed.add(name);
    flow.add(in, name);
    if (StartupVariables.contains(name) && !name.equals("IFS")) {
      flow.run(name);
    }
  }

  private void declare(List<Word> operands, Call call) {
    boolean reference =
        operands.stream().anyMatch(word -> word.fixedText().matches("-[a-zA-Z]*n[a-zA-Z]*"));
    boolean array =
        operands.stream().anyMatch(word -> word.fixedText().matches("-[a-zA-Z]*[aA][a-zA-Z]*"));
    boolean some = false;
    for (Word word : operands) {
      Matcher assignment = ASSIGNMENT.matcher(word.head());
      if (word.head().startsWith("-") || word.head().startsWith("+")) {
        continue;
      }
      some = true;
      if (!assignment.matches()) {
        word.holes().forEach(flow::run); // it names the variable
      } else if (assignment.matches()) {
        boolean _ = assignment(word);
        if (reference || array) { // the name, or the words of the array, are read once more
          word.holes().forEach(flow::run);
        }
        if (reference && word.isFixed()) {
          flow.add(assignment.group(2), assignment.group(1));
          flow.add(assignment.group(1), assignment.group(2));
        } else if (reference) {
          flow.add(ShellCode.ENVIRONMENT, assignment.group(1));
          boolean _ = references.add(assignment.group(1));
        }
      }
    }
    tell(!some, call);
  }

  /** The command line itself. */
  private void line(Call call) {
    List<Word> words = call.words();
    if (isHole(words.getFirst())) {
      chosen.add(new Chosen(words.getFirst().holes().getFirst(), call));
      return;
    }
    CommandLine.Found found = CommandLine.read(words, call.depth());
    apply(call, found, 0);
  }

  private static boolean isHole(Word word) {
    return word.parts().size() == 1 && !word.isFixed();
  }

  private void apply(Call call, CommandLine.Found found, int from) {
    List<Word> words = call.words();
    boolean ofShell =
        words.stream().anyMatch(ShellProgram::isShell)
            || words.stream().noneMatch(ShellProgram::isLanguage);
    for (int i = from; i < words.size(); i++) {
      Word word = words.get(i);
      switch (found.roles().get(i)) {
        case DATA, LOOSE -> {}
        case DOUBTFUL -> doubts.addAll(word.holes());
        case PROGRAM -> {
          if (isHole(word)) {
            chosen.add(new Chosen(word.holes().getFirst(), call.with(List.of(), i)));
            return; // what follows is to that one what it says
          }
          word.holes().forEach(flow::run);
          if (word.asCode().contains("/")) {
            file(word, words.getFirst(), ofShell, call.in());
          }
        }
        case CODE -> {
          word.holes().forEach(hole -> run(hole, ofShell));
          file(word, words.getFirst(), ofShell, call.in());
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
  }

  private void runOrDoubt(String name) {
    String bare = ShellCode.withoutDoubt(name);
    if (bare.equals(name)) {
      flow.run(name);
    } else {
      boolean _ = doubts.add(bare);
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
                            || interpreter.operands() == Program.Operands.USER
                            || interpreter.equals(Programs.find(".").orElse(null)))))
        .isPresent();
  }

  private static boolean isLanguage(Word word) {
    return Programs.find(word.fixedText())
        .filter(Program.Interpreter.class::isInstance)
        .isPresent();
  }

  /** Code in a file is run. */
  private void file(Word word, Word program, boolean ofShell, String in) {
    run(file(word), ofShell);
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

  private static Set<String> namesIn(String code) {
    Set<String> names = new HashSet<>();
    Matcher matcher = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)").matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** Whether no more is made of commands; what they are given is run then. */
  private boolean isTooMuch(Call call) {
    if (derived <= DERIVED_MAX) {
      derived += call.words().size();
      if (derived > DERIVED_MAX) {
        Stream.concat(
                calls.values().stream().flatMap(List::stream), chosen.stream().map(Chosen::call))
            .distinct()
            .flatMap(each -> each.words().stream())
            .forEach(word -> word.holes().forEach(flow::run));
        call.words().forEach(word -> word.holes().forEach(flow::run));
      }
    }
    return derived > DERIVED_MAX;
  }

  /** A command whose program is a parameter's value. */
  private void choose(Chosen first) {
    Call call = first.call();
    String node = first.node();
    int all = node.indexOf('@');
    String prefix = all < 0 ? "" : node.substring(0, all);
    Set<String> texts = literals.getOrDefault(node, Set.of());
    if (isTooMuch(call)) {
      flow.run(node);
    } else if (all >= 0 && !uncertain.contains(prefix)) {
      ofArguments(first, prefix, all + 1 < node.length() ? node.substring(all + 1) : "0");
    } else if (arrays.containsKey(node) && !computed.contains(node)) {
      command(call.with(arrays.getOrDefault(node, List.of()), 1));
    } else if (!texts.isEmpty() && texts.size() <= LITERALS_MAX && !computed.contains(node)) {
      texts.forEach(
          text -> {
            Call made = call.with(ShellCode.words(text), 1);
            if (!made.words().isEmpty()) {
              command(made);
            }
          });
    } else {
      flow.run(node);
      apply(call, CommandLine.read(call.words(), call.depth()), 1);
    }
  }

  private void ofArguments(Chosen first, String prefix, String from) {
    if (prefix.isEmpty()) {
      boolean _ = commands.add(Integer.parseInt(from));
      apply(first.call(), CommandLine.read(first.call().words(), first.call().depth()), 1);
      return;
    }
    String function = prefix.substring(ShellScope.ofFunction("").length() - 1, prefix.length() - 1);
    runners.computeIfAbsent(function, it -> new ArrayList<>()).add(first);
    for (Call call : List.copyOf(calls.getOrDefault(function, List.of()))) {
      if (derived <= DERIVED_MAX) {
        runArguments(first, call);
      }
    }
  }

  /** {@code f() { "$@"; }; f ls}. */
  private void runArguments(Chosen runner, Call call) {
    String node = runner.node();
    int all = node.indexOf('@');
    int from = all + 1 < node.length() ? Integer.parseInt(node.substring(all + 1)) : 0;
    if (isTooMuch(call)) {
      return;
    }
    List<Word> words =
        call.words().subList(Math.min(from + 1, call.words().size()), call.words().size());
    Call made = runner.call().with(words, 1);
    if (!made.words().isEmpty()) {
      command(made);
    }
  }
}
