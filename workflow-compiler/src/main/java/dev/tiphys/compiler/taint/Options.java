package dev.tiphys.compiler.taint;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options of a program, as {@code getopt} reads them: short ones may stand in one word, of
 * which the last takes the rest of the word or the next word for its value.
 *
 * @param kinds of the options that are known, by their names with dashes
 * @param flags further options that take no value, by their form
 */
record Options(Map<String, Kind> kinds, Pattern flags) {
  /** What the value of an option is. */
  enum Kind {
    /** It has none. */
    FLAG,
    DATA,
    /** It is loaded beside what is run. */
    LOAD,
    CODE,
    /** It names a program, whose command line goes on behind it. */
    PROGRAM
  }

  /**
   * What a word of options is.
   *
   * @param known whether all options in it are
   * @param kind of the value of the last one
   * @param attached whether that value stands in the same word
   */
  record Reading(boolean known, Kind kind, boolean attached) {}

  private static final Reading UNKNOWN = new Reading(false, Kind.FLAG, false);

  /**
   * Those of a list like {@code code -c --eval data -W flag -u}: each kind stands before its
   * options. A word in slashes is the form of further flags.
   */
  static Options of(String list) {
    Map<String, Kind> kinds = new HashMap<>();
    String flags = "(?!)";
    Kind kind = Kind.FLAG;
    for (String word : list.split(" +", -1)) {
      switch (word) {
        case "code" -> kind = Kind.CODE;
        case "load" -> kind = Kind.LOAD;
        case "data" -> kind = Kind.DATA;
        case "flag" -> kind = Kind.FLAG;
        case "program" -> kind = Kind.PROGRAM;
        case String form when form.startsWith("/") -> flags += "|" + form.substring(1);
        case String letters when letters.startsWith("=") -> letters(letters, kind, kinds);
        case String name -> kinds.put(name, kind);
      }
    }
    return new Options(Map.copyOf(kinds), Pattern.compile(flags));
  }

  private static void letters(String letters, Kind kind, Map<String, Kind> kinds) {
    for (int i = 1; i < letters.length(); i++) {
      kinds.putIfAbsent("-" + letters.charAt(i), kind);
    }
  }

  /** Reads a word that begins with a dash or, for those that have such, a plus. */
  Reading read(String word) {
    Kind whole = kinds.get(word);
    int equals = word.indexOf('=');
    Kind before = equals > 0 ? kinds.get(word.substring(0, equals)) : null;
    if (whole != null) {
      return new Reading(true, whole, false);
    } else if (before != null) {
      return new Reading(true, before, true);
    } else if (flags.matcher(word).matches()) {
      return new Reading(true, Kind.FLAG, false);
    }
    return word.startsWith("--") ? ofLong(equals) : ofCluster(word);
  }

  /** With its value in the same word it says nothing of the next one. */
  private static Reading ofLong(int equals) {
    return equals > 0 ? new Reading(true, Kind.FLAG, true) : UNKNOWN;
  }

  private Reading ofCluster(String word) {
    for (int i = 1; i < word.length(); i++) {
      Kind kind = kinds.get(word.substring(0, 1) + word.charAt(i));
      if (kind == null) {
        return UNKNOWN;
      } else if (kind != Kind.FLAG) {
        return new Reading(true, kind, i + 1 < word.length());
      }
    }
    return new Reading(true, Kind.FLAG, false);
  }

  /** Whether a word is one of them that brings code or a program without a dash: {@code run}. */
  Kind ofWord(String word) {
    return kinds.getOrDefault(word, Kind.FLAG);
  }
}
