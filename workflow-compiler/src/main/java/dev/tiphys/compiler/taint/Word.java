package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.model.TaggedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A word of a command line: fixed text, and holes that values come into. */
record Word(List<Part> parts) {
  /** The folder in which a pod finds each of its parameters as a file. */
  private static final String FOLDER = "/tiphys/params";

  /** The same as a shell may be told it: with further slashes, or by a pattern. */
  private static final Pattern FOLDERS =
      Pattern.compile("(?<!/)/+tiphys(/+\\.)*/+(params(?!\\w)|[\\w.]*[?*\\[][^\\s/]*)");

  /** The variable that names it. */
  static final String FOLDER_VARIABLE = "TIPHYS_PARAMS";

  /** An escaped reference, or a reference that Kubernetes puts a variable's value in for. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$(?=\\()|\\$\\(([A-Za-z_]\\w*)\\)");

  /** What stands for a value where a word is read as code. */
  private static final String ANY_VALUE = "x";

  Word {
    parts = List.copyOf(parts);
  }

  /** A piece of it. */
  sealed interface Part {}

  /** Fixed text. */
  record Fixed(String text) implements Part {}

  /**
   * A value's place.
   *
   * @param name what stands there, without signs: the name of a parameter or of a variable
   * @param shown how code sees it before the value is in
   * @param words how many words a shell makes of it
   */
  record Hole(String name, String shown, Words words) implements Part {
    Hole(String name, String shown) {
      this(name, shown, Words.ONE);
    }
  }

  /** How many words a shell makes of a value. */
  enum Words {
    ONE,
    /** As many as are in it: it stands without quotes. */
    SPLIT,
    /** As many as the list has, each for one: {@code "$@"}. */
    LIST
  }

  static Word of(TaggedText text) {
    List<Part> parts = new ArrayList<>();
    for (TaggedText.Segment segment : text.segments()) {
      switch (segment) {
        case TaggedText.Verbatim verbatim -> split(verbatim.text(), parts);
        case TaggedText.Variable variable -> parts.add(new Hole(variable.name(), ANY_VALUE));
      }
    }
    return new Word(parts);
  }

  private static void split(String text, List<Part> parts) {
    Matcher matcher = REFERENCE.matcher(text);
    int done = 0;
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        add(text.substring(done, matcher.start()), parts);
        parts.add(new Hole(matcher.group(1), matcher.group()));
        done = matcher.end();
      }
    }
    add(text.substring(done), parts);
  }

  /** The parameters' folder by its path is the same as by its variable. */
  private static void add(String fixed, List<Part> parts) {
    int done = 0;
    Matcher folder = FOLDERS.matcher(fixed);
    while (folder.find()) {
      addFixed(fixed.substring(done, folder.start()), parts);
      parts.add(new Hole(FOLDER_VARIABLE, FOLDER));
      done = folder.end();
    }
    addFixed(fixed.substring(done), parts);
  }

  private static void addFixed(String fixed, List<Part> parts) {
    if (!fixed.isEmpty()) {
      parts.add(new Fixed(fixed));
    }
  }

  /** A word without values, but for the parameters' folder. */
  static Word fixed(String text) {
    List<Part> parts = new ArrayList<>();
    add(text, parts);
    return new Word(parts);
  }

  /** Whether a folder is that of the parameters, or the one that it is in. */
  static boolean isNearParameters(String folder) {
    return !fixed(folder).isFixed() || folder.matches("/+tiphys(/+\\.)*/*");
  }

  /** A value and nothing else. */
  static Word hole(String name) {
    return new Word(List.of(new Hole(name, ANY_VALUE)));
  }

  /** Any number of words that come from there. */
  static Word words(String name) {
    return new Word(List.of(new Hole(name, ANY_VALUE, Words.SPLIT)));
  }

  /** Whether a shell may make several words of it, any of which may be an option. */
  boolean splits() {
    return values().stream().anyMatch(hole -> hole.words() == Words.SPLIT);
  }

  /** Whether a list's words stand in it, each for one. */
  boolean isList() {
    return values().stream().anyMatch(hole -> hole.words() == Words.LIST);
  }

  /** Whether it may be any number of words. */
  boolean isSeveral() {
    return splits() || isList();
  }

  /** The same with those words of lists that a shell has made of one value. */
  Word ofSplitLists() {
    return new Word(
        parts.stream()
            .map(
                part ->
                    part instanceof Hole(String name, String shown, Words words)
                            && words == Words.LIST
                        ? new Hole(ShellArguments.split(name), shown, Words.SPLIT)
                        : part)
            .toList());
  }

  /** What stands behind that many signs of {@link #asCode}. */
  Word from(int offset) {
    List<Part> rest = new ArrayList<>();
    int at = 0;
    for (Part part : parts) {
      switch (part) {
        case Fixed(String text) -> {
          addFixed(text.substring(Math.clamp(offset - at, 0, text.length())), rest);
          at += text.length();
        }
        case Hole hole -> {
          if (at >= offset) {
            rest.add(hole);
          }
          at += hole.shown().length();
        }
      }
    }
    return new Word(rest);
  }

  /** With that value wherever the text stands in it. */
  Word with(String text, String name) {
    if (text.isEmpty()) {
      return this;
    }
    List<Part> more = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Fixed fixed -> {
          String[] pieces = fixed.text().split(Pattern.quote(text), -1);
          for (int i = 0; i < pieces.length; i++) {
            if (i > 0) {
              more.add(new Hole(name, ANY_VALUE));
            }
            addFixed(pieces[i], more);
          }
        }
        case Hole hole -> more.add(hole);
      }
    }
    return new Word(more);
  }

  /** The variables that Kubernetes puts in for {@code $(NAME)}, and the folder's for its path. */
  static List<String> references(String text) {
    List<Part> parts = new ArrayList<>();
    split(text, parts);
    return new Word(parts).holes();
  }

  boolean isFixed() {
    return parts.stream().allMatch(Fixed.class::isInstance);
  }

  List<Hole> values() {
    return parts.stream().flatMap(p -> p instanceof Hole h ? Stream.of(h) : null).toList();
  }

  List<String> holes() {
    return values().stream().map(Hole::name).toList();
  }

  /** The values that it may begin with: those before its first fixed text. */
  List<String> leading() {
    return parts.stream()
        .takeWhile(Hole.class::isInstance)
        .flatMap(p -> p instanceof Hole h ? Stream.of(h.name()) : null)
        .toList();
  }

  /** Whether it begins with the parameters' folder, which is a path whatever they hold. */
  boolean isInFolder() {
    return !leading().isEmpty() && leading().getFirst().equals(FOLDER_VARIABLE);
  }

  /** The fixed text before the first hole. */
  String head() {
    return parts.isEmpty() || !(parts.getFirst() instanceof Fixed fixed) ? "" : fixed.text();
  }

  /** Its fixed texts, in order. */
  String fixedText() {
    return parts.stream()
        .map(part -> part instanceof Fixed fixed ? fixed.text() : "")
        .collect(Collectors.joining());
  }

  /** As an interpreter gets it, with something for each value. */
  String asCode() {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Fixed fixed -> fixed.text();
                  case Hole hole -> hole.shown();
                })
        .collect(Collectors.joining());
  }
}
