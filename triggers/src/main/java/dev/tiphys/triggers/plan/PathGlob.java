package dev.tiphys.triggers.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A glob of whole paths, of files and in URLs alike: {@code *}, {@code ?} and {@code [a-c]}, {@code
 * [!a-c]} stay within a segment, {@code {a,b}} is one of several, and a backslash takes a special
 * character for itself. A segment {@code **} is any number of segments, none among them, as in
 * gitignore and in bash; within a segment {@code **} is any text, slashes among it.
 *
 * <p>It becomes a regular expression in RE2's syntax, which takes linear time on any path: paths
 * are a stranger's.
 */
public final class PathGlob {
  /** Alternatives of all braces, multiplied; a bound on what a short glob can become. */
  private static final int MAX_ALTERNATIVES = 1_000;

  private static final String ANY_SEGMENTS = "(?:.*/)?";

  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private PathGlob() {}

  /**
   * The regular expression that matches the same whole paths.
   *
   * @throws PatternSyntaxException if a bracket, a brace or a backslash lacks what belongs to it
   */
  public static String regex(String glob) {
    return expanded(glob).stream()
        .map(alternative -> new Translation(glob, alternative).regex())
        .distinct()
        .collect(Collectors.joining("|"));
  }

  /** What the glob is without braces: one for each choice, as a shell expands them. */
  private static List<String> expanded(String glob) {
    int open = find(glob, 0, "{");
    if (open < 0) {
      return List.of(glob);
    }
    List<String> choices = new ArrayList<>();
    int from = open + 1;
    int depth = 0;
    for (int at = find(glob, from, "{,}"); ; at = find(glob, at + 1, "{,}")) {
      if (at < 0) {
        throw new PatternSyntaxException("Missing '}'", glob, glob.length());
      }
      char sign = glob.charAt(at);
      if (sign == '{') {
        depth++;
      } else if (sign == '}' && depth > 0) {
        depth--;
      } else if (depth == 0) {
        choices.add(glob.substring(from, at));
        from = at + 1;
        if (sign == '}') {
          break;
        }
      }
    }
    String before = glob.substring(0, open);
    String after = glob.substring(from);
    List<String> expanded = new ArrayList<>();
    for (String choice : choices) {
      expanded.addAll(expanded(before + choice + after));
      if (expanded.size() > MAX_ALTERNATIVES) {
        throw new PatternSyntaxException(
            "more than " + MAX_ALTERNATIVES + " alternatives", glob, open);
      }
    }
    return expanded;
  }

  /** Where one of the signs stands, neither behind a backslash nor in brackets; -1: nowhere. */
  private static int find(String glob, int from, String signs) {
    for (int at = from; at < glob.length(); at++) {
      char sign = glob.charAt(at);
      if (signs.indexOf(sign) >= 0) {
        return at;
      }
      if (sign == '\\') {
        at++;
      } else if (sign == '[') {
        at = closing(glob, at);
      }
    }
    return -1;
  }

  /** Where the brackets close that open there. A bracket that comes first is one of their signs. */
  private static int closing(String glob, int open) {
    int first = open + 1;
    if (first < glob.length() && "!^".indexOf(glob.charAt(first)) >= 0) {
      first++;
    }
    for (int at = first; at < glob.length(); at++) {
      char sign = glob.charAt(at);
      if (sign == ']' && at > first) {
        return at;
      }
      if (sign == '\\') {
        at++;
      } else if (sign == '[' && glob.startsWith("[:", at)) {
        throw new PatternSyntaxException("classes such as [:digit:] are not supported", glob, at);
      }
    }
    throw new PatternSyntaxException("Missing ']'", glob, glob.length());
  }

  /** A glob without braces, on its way to a regular expression. */
  private static final class Translation {
    private final String whole;
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    /**
     * @param whole the glob that is named in errors
     * @param glob one of its alternatives
     */
    Translation(String whole, String glob) {
      this.whole = whole;
      this.glob = glob;
    }

    String regex() {
      while (at < glob.length()) {
        switch (glob.charAt(at)) {
          case '*' -> asterisks();
          case '?' -> take(1, "[^/]");
          case '[' -> brackets();
          case '\\' -> {
            if (at + 1 == glob.length()) {
              throw new PatternSyntaxException("Nothing follows the '\\'", whole, whole.length());
            }
            at++;
            literal();
          }
          default -> literal();
        }
      }
      return regex.toString();
    }

    private void take(int signs, String becomes) {
      regex.append(becomes);
      at += signs;
    }

    private void literal() {
      char sign = glob.charAt(at);
      take(1, SPECIAL.indexOf(sign) < 0 ? String.valueOf(sign) : "\\" + sign);
    }

    private void asterisks() {
      int end = at;
      while (end < glob.length() && glob.charAt(end) == '*') {
        end++;
      }
      boolean begins = at == 0 || glob.charAt(at - 1) == '/';
      if (end - at == 1) {
        take(1, "[^/]*");
      } else if (begins && end < glob.length() && glob.charAt(end) == '/') {
        take(end + 1 - at, ANY_SEGMENTS);
      } else {
        take(end - at, ".*");
      }
    }

    private void brackets() {
      int close = closing(glob, at);
      int from = at + 1;
      boolean negated = "!^".indexOf(glob.charAt(from)) >= 0;
      from += negated ? 1 : 0;
      StringBuilder ranges = new StringBuilder();
      while (from < close) {
        from = glob.charAt(from) == '\\' ? from + 1 : from;
        int low = glob.codePointAt(from);
        from += Character.charCount(low);
        int high = low;
        if (from + 1 < close && glob.charAt(from) == '-') {
          from = glob.charAt(from + 1) == '\\' ? from + 2 : from + 1;
          high = glob.codePointAt(from);
          from += Character.charCount(high);
        }
        if (high < low) {
          throw new PatternSyntaxException("Invalid range", whole, at);
        }
        range(ranges, low, high, negated);
      }
      // no path has this character
      String becomes = ranges.isEmpty() ? "\\x{0}" : ranges.toString();
      take(close + 1 - at, negated ? "[^/" + ranges + "]" : "[" + becomes + "]");
    }

    /** Without the slash, which no sign of a segment is. */
    private static void range(StringBuilder ranges, int low, int high, boolean negated) {
      if (!negated && low <= '/' && '/' <= high) {
        range(ranges, low, '/' - 1, true);
        range(ranges, '/' + 1, high, true);
      } else if (low <= high) {
        ranges.append("\\x{%x}-\\x{%x}".formatted(low, high));
      }
    }
  }
}
