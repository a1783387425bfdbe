package dev.tiphys.compiler.taint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a program, as {@code getopt} reads them: short ones may stand in one word, of
 * which the last takes the rest of the word or the next word for its value.
 *
 * @param kinds of the options that are known, by their names with dashes
 * @param flags further options that take no value, by their form
 * @param data further options of which the value is data and stands in the same word
 */
record Options(Map<String, Kind> kinds, Pattern flags, Pattern data) {
  /** What the value of an option is. */
  enum Kind {
    /** It has none. */
    FLAG,
    /** It has none, and makes the program open its operands in a way that may run them. */
    OPENS,
    /** It has none, and makes the program tell something, and run nothing. */
    TELLS,
    DATA,
    /** It decides where, as whom or with what right something happens. */
    PLACE,
    /** It is loaded beside what is run. */
    LOAD,
    /** It names a file, or a command if it begins with a bar. */
    PIPE,
    CODE,
    /** It is code as well, and further options may come behind it. */
    PIECE,
    /** It names a program, whose command line goes on behind it. */
    PROGRAM;

    /** Whether the value is run, by itself or beside what is. */
    boolean runs() {
      return compareTo(LOAD) >= 0;
    }

    /** Whether the value is what is run. */
    boolean isCode() {
      return this == CODE || this == PIECE;
    }

    /** Whether the value is none that is run. */
    boolean isValue() {
      return this == DATA || this == PLACE;
    }
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
   * options. A word that begins with {@code /-} or {@code /(} is the form of further flags or, of
   * {@code data}, of options with their values.
   */
  static Options of(String list) {
    Map<String, Kind> kinds = new HashMap<>();
    String flags = "(?!)";
    String data = "(?!)";
    Kind kind = Kind.FLAG;
    for (String word : list.split(" +", -1)) {
      switch (word) {
        case "code" -> kind = Kind.CODE;
        case "piece" -> kind = Kind.PIECE;
        case "place" -> kind = Kind.PLACE;
        case "opens" -> kind = Kind.OPENS;
        case "tells" -> kind = Kind.TELLS;
        case "pipe" -> kind = Kind.PIPE;
        case "load" -> kind = Kind.LOAD;
        case "data" -> kind = Kind.DATA;
        case "flag" -> kind = Kind.FLAG;
        case "program" -> kind = Kind.PROGRAM;
        case String form when form.startsWith("/-") || form.startsWith("/(") -> {
          if (kind == Kind.DATA) {
            data += "|" + form.substring(1);
          } else {
            flags += "|" + form.substring(1);
          }
        }
        case String letters when letters.startsWith("=") -> letters(letters, kind, kinds);
        case String name -> kinds.put(name, kind);
      }
    }
    return new Options(Map.copyOf(kinds), Pattern.compile(flags), Pattern.compile(data));
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
    } else if (data.matcher(word).matches()) {
      return new Reading(true, Kind.DATA, true);
    } else if (flags.matcher(word).matches()) {
      return new Reading(true, Kind.FLAG, false);
    }
    return abbreviated(equals > 0 ? word.substring(0, equals) : word)
        .map(kind -> new Reading(true, kind, equals > 0))
        .orElseGet(() -> word.startsWith("--") ? ofLong(equals) : ofCluster(word));
  }

  /** With its value in the same word it says nothing of the next one. */
  private static Reading ofLong(int equals) {
    return equals > 0 ? new Reading(false, Kind.FLAG, true) : UNKNOWN;
  }

  /** Most programs take the beginning of a long name for it: of several, the worst. */
  private Optional<Kind> abbreviated(String name) {
    return name.length() < 3
        ? Optional.empty()
        : kinds.entrySet().stream()
            .filter(option -> option.getKey().length() > 3)
            .filter(option -> option.getKey().regionMatches(true, 0, name, 0, name.length()))
            .map(Map.Entry::getValue)
            .max(Comparator.naturalOrder());
  }

  /** Whether the value of some option is run. */
  boolean run() {
    return kinds.values().stream().anyMatch(Kind::runs);
  }

  /** Whether a word of short options has one that makes the program open its operands. */
  boolean opens(String word) {
    for (int i = 1; i < word.length() && !word.startsWith("--"); i++) {
      Kind kind = kinds.get("-" + word.charAt(i));
      if (kind == Kind.OPENS) {
        return true;
      } else if (kind != Kind.FLAG) {
        return false;
      }
    }
    return false;
  }

  private Reading ofCluster(String word) {
    for (int i = 1; i < word.length(); i++) {
      Kind kind = kinds.get(word.substring(0, 1) + word.charAt(i));
      if (kind == null) {
        return UNKNOWN;
      } else if (kind != Kind.FLAG && kind != Kind.OPENS) {
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
