package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.source.Yaml;
import java.util.ArrayList;
import java.util.List;

/** Finds the references of a text. */
final class TaggedTextReader {
  static final String OPEN = "{{";
  static final String CLOSE = "}}";

  private final Diagnostics found;

  TaggedTextReader(Diagnostics found) {
    this.found = found;
  }

  TaggedText read(Yaml.Scalar scalar) {
    return read(scalar, 0, scalar.text().length());
  }

  /** A part of the scalar; a tag that makes no sense is reported and stays text. */
  TaggedText read(Yaml.Scalar scalar, int from, int to) {
    String text = scalar.text().substring(0, to);
    List<TaggedText.Segment> segments = new ArrayList<>();
    int done = from;
    for (int open = text.indexOf(OPEN, from); open >= 0; open = text.indexOf(OPEN, done)) {
      verbatim(text, done, open, segments);
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        invalid(scalar, open, "this `{{` is never closed");
        done = open;
        break;
      }
      done = close + CLOSE.length();
      variable(scalar, open, text.substring(open + OPEN.length(), close).strip(), segments);
    }
    verbatim(text, done, to, segments);
    return new TaggedText(segments, from == 0 ? scalar.at() : scalar.layout().at(from));
  }

  private static void verbatim(String text, int from, int to, List<TaggedText.Segment> segments) {
    if (from < to) {
      segments.add(new TaggedText.Verbatim(text.substring(from, to)));
    }
  }

  private void variable(
      Yaml.Scalar scalar, int open, String name, List<TaggedText.Segment> segments) {
    if (name.startsWith("=")) {
      found.report(
          Code.UNSUPPORTED_EXPRESSION,
          scalar.layout().at(open),
          "Argo's expressions `{{=...}}` are not supported yet",
          "use a plain reference, or compute the value in a task");
    } else if (name.isEmpty() || name.indexOf('\n') >= 0 || name.contains(OPEN)) {
      invalid(scalar, open, "between `{{` and `}}` stands no name");
    } else {
      segments.add(new TaggedText.Variable(name, scalar.layout().at(open)));
    }
  }

  private void invalid(Yaml.Scalar scalar, int open, String message) {
    found.report(
        Code.INVALID_REFERENCE,
        scalar.layout().at(open),
        message,
        "write a reference as {{inputs.parameters.NAME}}");
  }
}
