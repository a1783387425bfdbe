package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.ArgoVariables;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the references of a text. What stands between other braces is left alone, as Argo does: it
 * is a Go template, Jinja's, or a program's own.
 */
final class TaggedTextReader {
  static final String OPEN = "{{";
  static final String CLOSE = "}}";

  /** Characters that are enough to tell what a tag is of. */
  private static final int PREFIX_MAX = 16;

  private final Diagnostics found;

  TaggedTextReader(Diagnostics found) {
    this.found = found;
  }

  TaggedText read(Yaml.Scalar scalar) {
    return read(scalar, 0, scalar.text().length());
  }

  /** A part of the scalar; a reference that makes no sense is reported and stays text. */
  TaggedText read(Yaml.Scalar scalar, int from, int to) {
    String text = scalar.text().substring(0, to);
    List<TaggedText.Segment> segments = new ArrayList<>();
    int taken = from;
    for (Tag tag = Tag.next(text, from); tag != null; tag = Tag.next(text, tag.end())) {
      int open = unclosed(text, tag.begin(), tag.open());
      if (open >= 0) {
        invalid(scalar, open, "this `{{` is not closed before the next one");
      }
      if (tag.isReference()) {
        verbatim(text, taken, tag.open(), segments);
        reference(scalar, tag, segments);
        taken = tag.end();
      } else {
        warn(scalar, tag);
      }
    }
    int last = text.lastIndexOf(CLOSE);
    int open = unclosed(text, last < taken ? taken : last + CLOSE.length(), to);
    if (open >= 0) {
      invalid(scalar, open, "this `{{` is never closed");
    }
    verbatim(text, taken, to, segments);
    return new TaggedText(segments, from == 0 ? scalar.at() : scalar.layout().at(from));
  }

  /** Where the text's first reference begins, of whatever meaning; -1 if it has none. */
  static int firstReference(String text) {
    for (Tag tag = Tag.next(text, 0); tag != null; tag = Tag.next(text, tag.end())) {
      if (tag.isReference()) {
        return tag.open();
      }
    }
    return -1;
  }

  /**
   * What stands between two pairs of braces.
   *
   * @param begin where the search for it began
   * @param open where its braces begin
   * @param end after its closing ones
   */
  private record Tag(int begin, int open, int end, String name) {
    /** The innermost, since Argo resolves tags from inside; null if there is none from there on. */
    static @Nullable Tag next(String text, int from) {
      int begin = from;
      for (int close = text.indexOf(CLOSE, begin); close >= 0; close = text.indexOf(CLOSE, begin)) {
        int open = text.substring(begin, close).lastIndexOf(OPEN) + begin;
        int end = close + CLOSE.length();
        if (open >= begin) {
          String name = text.substring(open + OPEN.length(), close).strip();
          return new Tag(from, open, end, name);
        }
        begin = end;
      }
      return null;
    }

    boolean isReference() {
      return ArgoVariables.claims(name);
    }
  }

  /** Where a reference begins that is not closed there; -1 if none does. */
  private static int unclosed(String text, int from, int to) {
    for (int open = text.indexOf(OPEN, from);
        open >= 0 && open + OPEN.length() <= to;
        open = text.indexOf(OPEN, open + 1)) {
      int name = open + OPEN.length();
      while (name < to && Character.isWhitespace(text.charAt(name))) {
        name++;
      }
      if (ArgoVariables.claims(text.substring(name, Math.min(to, name + PREFIX_MAX)))) {
        return open;
      }
    }
    return -1;
  }

  private static void verbatim(String text, int from, int to, List<TaggedText.Segment> segments) {
    if (from < to) {
      segments.add(new TaggedText.Verbatim(text.substring(from, to)));
    }
  }

  private void reference(Yaml.Scalar scalar, Tag tag, List<TaggedText.Segment> segments) {
    if (tag.name().startsWith("=")) {
      found.report(
          Code.UNSUPPORTED_EXPRESSION,
          scalar.layout().at(tag.open()),
          "Argo's expressions `{{=...}}` are not supported yet",
          "use a plain reference, or compute the value in a task");
    } else if (tag.name().indexOf('\n') >= 0) {
      invalid(scalar, tag.open(), "between `{{` and `}}` stands no name");
    } else {
      segments.add(new TaggedText.Variable(tag.name(), scalar.layout().at(tag.open())));
    }
  }

  /** It means nothing to Argo either, but may have been meant to. */
  private void warn(Yaml.Scalar scalar, Tag tag) {
    ArgoVariables.meant(tag.name())
        .ifPresent(
            name ->
                found.report(
                    Code.LITERAL_TAG,
                    scalar.layout().at(tag.open()),
                    "`{{" + tag.name() + "}}` is no reference, and stays as it is",
                    "did you mean `{{" + name + "}}`?"));
  }

  private void invalid(Yaml.Scalar scalar, int open, String message) {
    found.report(
        Code.INVALID_REFERENCE,
        scalar.layout().at(open),
        message,
        "write a reference as {{inputs.parameters.NAME}}");
  }
}
