package dev.tiphys.functions.port;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Kubernetes makes of the texts of a container's command, arguments and variables: {@code
 * $(NAME)} stands for a variable of the container if there is one, and {@code $$} for {@code $}.
 * The local run does the same.
 */
public final class Expansion {
  private static final Pattern TOKEN = Pattern.compile("\\$(?:\\$|\\(([^)]*)\\))");

  /**
   * Dollars that Kubernetes may see as they are: one that begins or escapes a reference, or none.
   */
  private static final Pattern WRITTEN =
      Pattern.compile("\\$(?:\\$(?=\\()|\\([^)]*\\)|(?=[^$(]))|(?<lone>\\$)");

  private Expansion() {}

  /** The text that stands for exactly this value. */
  public static String escape(String value) {
    return value.replace("$", "$$");
  }

  /**
   * The text for what a user wrote: {@code $(NAME)} is a reference, {@code $$(NAME)} is none, and
   * every other dollar is a dollar ({@code $$} is a shell's own process id). What is appended to it
   * cannot become part of a reference.
   */
  public static String written(String text) {
    return WRITTEN
        .matcher(text)
        .replaceAll(match -> quote(match.group("lone") == null ? match.group() : "$$"));
  }

  /** What the text amounts to. */
  public static String expand(String text, Map<String, String> variables) {
    return TOKEN.matcher(text).replaceAll(match -> quote(value(match, variables)));
  }

  private static String value(MatchResult match, Map<String, String> variables) {
    String name = match.group(1);
    return name == null ? "$" : variables.getOrDefault(name, match.group());
  }

  private static String quote(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  /**
   * The variables, each after those that it names where it can be: Kubernetes puts in the values of
   * earlier ones alone.
   */
  public static SequencedMap<String, String> inOrder(SortedMap<String, String> variables) {
    SequencedMap<String, String> ordered = new LinkedHashMap<>();
    SequencedMap<String, String> begun = new LinkedHashMap<>();
    variables.keySet().forEach(name -> add(name, variables, begun, ordered));
    return ordered;
  }

  private static void add(
      String name,
      SortedMap<String, String> variables,
      Map<String, String> begun,
      Map<String, String> ordered) {
    String text = variables.get(name);
    if (text == null || begun.putIfAbsent(name, text) != null) {
      return;
    }
    references(text).forEach(other -> add(other, variables, begun, ordered));
    ordered.put(name, text);
  }

  private static List<String> references(String text) {
    return TOKEN
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(name -> name != null)
        .toList();
  }
}
