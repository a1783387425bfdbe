package dev.tiphys.compiler.taint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the commands that a shell has itself do with values. */
final class ShellBuiltins {
  private static final Pattern SUBSCRIPT = Pattern.compile("\\[.*", Pattern.DOTALL);
  private static final Pattern READ_VALUED = Pattern.compile("-[a-zA-Z]*[dnNptui]");
  private static final Pattern MAPFILE_VALUED = Pattern.compile("-[a-zA-Z]*[dnOsuCc]");
  private static final Pattern WAIT_NAMED = Pattern.compile("-[nf]*p.*");
  private static final Pattern ABOVE_FOLDER = Pattern.compile("/+tiphys/*");

  private static final Set<String> DECLARING =
      Set.of("export", "local", "readonly", "declare", "typeset");

  private final ShellProgram program;
  private final Flow flow;
  private final ShellArguments arguments;
  private final Map<String, List<List<Word>>> aliases = new HashMap<>();

  ShellBuiltins(ShellProgram program, Flow flow, ShellArguments arguments) {
    this.program = program;
    this.flow = flow;
    this.arguments = arguments;
  }

  /** What is put into a variable by its name, which may have a subscript. */
  private void assignByName(Word to, Word value) {
    to.holes().forEach(flow::run);
    if (!to.isFixed()) {
      value.holes().forEach(flow::run); // it is in any variable
    }
    String name = SUBSCRIPT.matcher(to.fixedText()).replaceFirst("");
    program.compute(name);
    program.assign(name, value);
  }

  /** {@code alias run=eval; run a}. */
  private void alias(Word word, ShellCall call) {
    String text = word.asCode();
    int equals = text.indexOf('=');
    program.runText(text.substring(equals + 1), call);
    List<Word> first = ShellCode.words(text.substring(equals + 1));
    String name = text.substring(0, Math.max(equals, 0));
    if (!first.isEmpty() && !first.getFirst().asCode().equals(name)) {
      aliases.computeIfAbsent(name, it -> new ArrayList<>()).add(first);
      arguments
          .calls(ShellScope.ofFunction(name))
          .forEach(other -> program.derive(other.with(first, 1), other));
    }
  }

  /** A command of that name stands for what its aliases say. */
  void expand(String name, ShellCall call) {
    List.copyOf(aliases.getOrDefault(name, List.of()))
        .forEach(first -> program.derive(call.with(first, 1), call));
  }

  /** What such a command does, if it is one. */
  void run(List<Word> words, ShellCall call) {
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
      case "wait" -> waitFor(operands);
      case "unset" -> operands.forEach(word -> word.holes().forEach(flow::run));
      case "eval" -> program.runText(texts(withoutDashes(operands)), call);
      case "trap" -> program.runText(texts(withoutDashes(operands).limit(1)), call);
      case "alias" -> operands.forEach(word -> alias(word, call));
      case "cd", "pushd" ->
          operands.forEach(
              word -> {
                word.holes().forEach(hole -> flow.add(hole, ShellFiles.FOLDER));
                flow.add(ShellFiles.FOLDER, "PWD");
                if (ABOVE_FOLDER.matcher(word.asCode()).matches()) {
                  flow.add(Word.FOLDER_VARIABLE, ShellFiles.FOLDER);
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
                          w ->
                              w.head().startsWith("-")
                                  || ShellProgram.ASSIGNMENT.matcher(w.head()).matches())
                  && !(name.equals("set") && !operands.isEmpty()),
              call);
      default -> {
        if (DECLARING.contains(name)) {
          declare(operands, call);
        }
      }
    }
  }

  private void tell(boolean all, ShellCall call) {
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

  /** The name that a process id is put into may have a subscript, which is run. */
  private void waitFor(List<Word> operands) {
    boolean named = false;
    for (Word word : operands) {
      if (named || WAIT_NAMED.matcher(word.head()).matches()) {
        word.holes().forEach(flow::run);
      }
      named = word.isFixed() && WAIT_NAMED.matcher(word.fixedText()).matches();
      mayBeOption(word);
    }
  }

  private void mayBeOption(Word word) {
    for (Word.Hole hole : word.ofSplitLists().values()) {
      if (hole.words() == Word.Words.SPLIT) {
        flow.run(hole.name());
      }
    }
  }

  private static String texts(Stream<Word> words) {
    return words.map(Word::asCode).collect(Collectors.joining(" "));
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
    program.compute(name);
    flow.add(in, name);
    flow.add(in, ShellArguments.split(name)); // of a list, or of one to which it is added
    flow.add(in, ShellArguments.split(ShellArguments.ANY));
    if (StartupVariables.contains(name) && !name.equals("IFS")) {
      flow.run(name);
    }
  }

  private void declare(List<Word> operands, ShellCall call) {
    boolean reference =
        operands.stream().anyMatch(word -> word.fixedText().matches("-[a-zA-Z]*n[a-zA-Z]*"));
    boolean array =
        operands.stream().anyMatch(word -> word.fixedText().matches("-[a-zA-Z]*[aA][a-zA-Z]*"));
    boolean some = false;
    for (Word word : operands) {
      Matcher assignment = ShellProgram.ASSIGNMENT.matcher(word.head());
      if (word.head().startsWith("-") || word.head().startsWith("+")) {
        continue;
      }
      some = true;
      if (!assignment.matches()) {
        word.holes().forEach(flow::run); // it names the variable
      } else {
        boolean _ = program.assignment(word);
        if (reference || array) { // the name, or the words of the array, are read once more
          word.holes().forEach(flow::run);
        }
        if (reference && word.isFixed()) {
          flow.add(assignment.group(2), assignment.group(1));
          flow.add(assignment.group(1), assignment.group(2));
          String of = ShellArguments.split(assignment.group(2));
          flow.add(of, ShellArguments.split(assignment.group(1)));
          flow.add(ShellArguments.split(assignment.group(1)), of);
        } else if (reference) {
          flow.add(ShellCode.ENVIRONMENT, assignment.group(1));
          String any = ShellArguments.split(ShellArguments.ANY);
          flow.add(any, ShellArguments.split(assignment.group(1)));
          program.refer(assignment.group(1));
        }
      }
    }
    tell(!some, call);
  }
}
