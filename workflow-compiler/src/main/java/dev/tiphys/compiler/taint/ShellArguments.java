package dev.tiphys.compiler.taint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments by number of a shell's code, of its functions, and of code that other commands
 * read: a file, their input, a variable. Of the latter it is not known which command reads it: what
 * any of them passes on may be in any of it.
 */
final class ShellArguments {
  /** Before the numbers of code that is read elsewhere. */
  static final String CODE = "#code ";

  /** What such code reads. */
  static final String CODE_IN = CODE + "in";

  /** Arguments by number that are told apart. */
  static final int POSITIONS = 9;

  /** Before the name of a list: those of its words that a shell has made of one value. */
  private static final String SPLIT = "#split ";

  /** Any list: what another name of one may stand for. */
  static final String ANY = "#any";

  private final ShellProgram program;
  private final Flow flow;
  private final Map<String, List<ShellCall>> calls = new HashMap<>();
  private final Map<String, List<ShellProgram.Chosen>> runners = new HashMap<>();
  private final Set<String> defined = new HashSet<>();
  private final Set<String> uncertain = new HashSet<>();

  ShellArguments(ShellProgram program, Flow flow) {
    this.program = program;
    this.flow = flow;
    for (int i = 1; i <= POSITIONS; i++) {
      flow.add("@", "@" + i);
    }
    flow.add(CommandLine.INPUT, CODE_IN);
    positions(CODE);
    inCode("");
    flow.add(split("@"), split(CODE + "@"));
  }

  /** The node of those words in a list that a shell has made of one value. */
  static String split(String list) {
    return SPLIT + list;
  }

  private void positions(String prefix) {
    for (int i = 0; i < POSITIONS; i++) {
      String all = all(prefix, i);
      flow.add(prefix + (i + 1), all);
      flow.add(all(prefix, i + 1), all);
      flow.add(split(all(prefix, 0)), split(all(prefix, i + 1)));
    }
  }

  /** {@code eval} and the like may read code there, whose numbers are the same. */
  private void inCode(String prefix) {
    for (int i = 0; i <= POSITIONS; i++) {
      flow.add(all(prefix, i), all(CODE, i));
      if (i > 0) {
        flow.add(prefix + i, CODE + i);
      }
    }
  }

  private static String all(String prefix, int from) {
    return prefix + (from == 0 ? "@" : "@" + from);
  }

  void define(String function) {
    if (defined.add(function)) {
      String prefix = ShellScope.ofFunction(function);
      positions(prefix);
      inCode(prefix);
      flow.add(split(prefix + "@"), split(CODE + "@"));
    }
  }

  boolean isFunction(String name) {
    return defined.contains(name);
  }

  /** Whether the arguments are others than those that were given. */
  boolean isUncertain(String prefix) {
    return uncertain.contains(prefix);
  }

  List<ShellCall> calls(String prefix) {
    return List.copyOf(calls.getOrDefault(prefix, List.of()));
  }

  List<ShellCall> all() {
    return calls.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The words behind the first are arguments there.
   *
   * @param anywhere whether it is not known of which number
   */
  void pass(String prefix, ShellCall call, boolean anywhere) {
    int spread = anywhere ? 1 : Integer.MAX_VALUE;
    for (int i = 1; i < call.words().size(); i++) {
      Word word = call.words().get(i);
      spread = word.isSeveral() ? Math.min(i, spread) : spread;
      for (String hole : word.holes()) {
        for (int k = Math.min(i, spread); k <= (spread <= i ? Math.max(i, POSITIONS) : i); k++) {
          flow.add(hole, number(prefix, k));
        }
      }
      list(word, prefix + "@", false);
      for (int k = Math.min(i, spread); k <= (spread <= i ? Math.max(i, POSITIONS) : i); k++) {
        list(word, number(prefix, k), true);
      }
      program.literal(word.asCode(), number(prefix, i), call.depth() + 1);
    }
    calls.computeIfAbsent(prefix, it -> new ArrayList<>()).add(call);
    if (!program.isFull()) {
      List.copyOf(runners.getOrDefault(prefix, List.of()))
          .forEach(runner -> runArguments(runner, call));
    }
  }

  /** Of a function only so many are told apart. */
  private static String number(String prefix, int number) {
    return prefix + (number > POSITIONS ? "@" + POSITIONS : number);
  }

  /**
   * The word is one of a list's, or several.
   *
   * @param grows whether the list is made of more such commands: one word in each makes several
   */
  void list(Word word, String list, boolean grows) {
    for (Word.Hole hole : word.values()) {
      switch (hole.words()) {
        case SPLIT -> {
          flow.add(hole.name(), split(list));
          flow.add(split(hole.name()), split(list));
          flow.add(hole.name(), split(ANY));
        }
        case LIST -> flow.add(split(hole.name()), split(list));
        case ONE -> {
          if (grows) {
            flow.add(split(hole.name()), split(list));
          }
        }
      }
    }
  }

  /** {@code set --}, {@code shift} and {@code getopts}. */
  void change(List<Word> words, ShellScope scope, boolean straight) {
    String name = words.getFirst().fixedText();
    if (name.equals("shift")) {
      String by = words.size() > 1 ? words.get(1).asCode() : "1";
      if (straight && by.matches("[0-9]{1,3}")) {
        scope.shift(Integer.parseInt(by));
      } else {
        uncertain.add(scope.prefix());
        for (int i = 1; i <= POSITIONS; i++) {
          flow.add(scope.prefix() + "@", scope.prefix() + i);
          flow.add(split(scope.prefix() + "@"), split(scope.prefix() + i));
        }
      }
    } else if (name.equals("set")) {
      set(words, scope);
    } else if (name.equals("getopts")) {
      flow.add(scope.parameter("@", 0), "OPTARG");
    }
  }

  private void set(List<Word> words, ShellScope scope) {
    int from = 1;
    while (from < words.size() && words.get(from).head().matches("[-+].*")) {
      String option = words.get(from++).asCode();
      if (option.equals("--") || option.equals("-")) {
        break;
      }
      from += option.endsWith("o") ? 1 : 0;
    }
    boolean spread = false;
    for (int i = from; i < words.size(); i++) {
      int number = i - from + 1;
      spread |= words.get(i).isSeveral();
      for (String hole : words.get(i).holes()) {
        for (int k = number; k <= (spread ? Math.max(number, POSITIONS) : number); k++) {
          flow.add(hole, scope.parameter(Integer.toString(k), 0));
        }
        for (int k = 0; k < Math.min(spread ? POSITIONS : number, POSITIONS); k++) {
          flow.add(hole, scope.parameter("@", k));
        }
      }
      list(words.get(i), scope.prefix() + "@", true);
      program.literal(words.get(i).asCode(), scope.parameter("@", 0), 1);
    }
    if (from < words.size()) {
      uncertain.add(scope.prefix());
    }
  }

  /** {@code f() { "$@"; }; f ls}: a command that consists of arguments from a number on. */
  void run(ShellProgram.Chosen runner, String prefix) {
    runners.computeIfAbsent(prefix, it -> new ArrayList<>()).add(runner);
    if (!program.isFull()) {
      calls(prefix).forEach(call -> runArguments(runner, call));
    }
  }

  /** No more is made of arguments: any that are a command are run. */
  void runAll() {
    runners.values().stream().flatMap(List::stream).forEach(it -> flow.run(it.node()));
  }

  private void runArguments(ShellProgram.Chosen runner, ShellCall call) {
    int from = from(runner.node());
    List<Word> words =
        call.words().subList(Math.min(from + 1, call.words().size()), call.words().size());
    program.derive(runner.call().with(words, 1), call);
  }

  /** The number of the first of all arguments from some on, counted from 0. */
  static int from(String node) {
    int all = node.indexOf('@');
    return all + 1 < node.length() ? Integer.parseInt(node.substring(all + 1)) : 0;
  }
}
