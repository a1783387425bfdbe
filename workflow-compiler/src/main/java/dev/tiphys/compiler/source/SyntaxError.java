package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says what a parser's error means to the author of a workflow. */
final class SyntaxError {
  private static final String BLOCK_MAPPING = "while parsing a block mapping";
  private static final String BLOCK_MAPPING_START = "found '<block mapping start>'";

  private static final Pattern UNQUOTED_REFERENCE = Pattern.compile("(: |- |\\[|, ?)\\{\\{");

  private SyntaxError() {}

  static void report(MarkedYamlEngineException e, SourceText source, Diagnostics found) {
    Mark at = e.getProblemMark().or(e::getContextMark).orElse(null);
    int line = at == null ? 0 : at.getLine();
    int column = at == null ? 0 : at.getColumn();
    if (found.hasErrorOn(line + 1)) {
      return; // of an unquoted reference the parser fails over the rest of the line
    }
    Explanation explanation =
        indentation(e, source)
            .or(() -> unquotedReference(source.line(line)))
            .or(() -> common(e))
            .orElseGet(() -> asTheParserSays(e));
    found.report(Code.INVALID_YAML, source.at(line, column), explanation.message, explanation.hint);
  }

  private record Explanation(String message, String hint) {}

  /** A key that is indented deeper than the mapping that it should belong to. */
  private static Optional<Explanation> indentation(MarkedYamlEngineException e, SourceText source) {
    Optional<Mark> siblings = e.getContextMark();
    Optional<Mark> key = e.getProblemMark();
    if (siblings.isEmpty()
        || key.isEmpty()
        || !BLOCK_MAPPING.equals(e.getContext())
        || !e.getProblem().endsWith(BLOCK_MAPPING_START)) {
      return Optional.empty();
    }
    int expected = siblings.get().getColumn();
    int deeper = key.get().getColumn() - expected;
    String name = source.line(key.get().getLine()).strip().replaceFirst(":.*", "");
    return Optional.of(
        new Explanation(
            "`%s` is indented %s too deep"
                .formatted(name, deeper == 1 ? "one space" : deeper + " spaces"),
            "indent it by %d spaces, like its siblings from line %d on"
                .formatted(expected, siblings.get().getLine() + 1)));
  }

  private static Optional<Explanation> unquotedReference(String line) {
    return UNQUOTED_REFERENCE.matcher(line).find()
        ? Optional.of(
            new Explanation(
                "`{{` without quotes begins a YAML mapping, and text cannot follow it",
                "put the whole text in quotes: \"{{...}}\""))
        : Optional.empty();
  }

  private static Optional<Explanation> common(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    if (problem.contains("\\t(TAB)")) {
      return Optional.of(new Explanation("a tab cannot indent in YAML", "indent with spaces"));
    }
    if (problem.startsWith("mapping values are not allowed here")) {
      return Optional.of(
          new Explanation(
              "a `:` stands where no key can be",
              "indent the line like its siblings, or put a value that contains `: ` in quotes"));
    }
    if (problem.contains("that cannot start any token")) {
      return Optional.of(
          new Explanation(problem.replaceFirst("\\(.*", "").strip(), "put the value in quotes"));
    }
    if (problem.contains("unexpected end of stream")) {
      return Optional.of(new Explanation("the file ends inside a quoted text", "close the quote"));
    }
    return Optional.empty();
  }

  private static Explanation asTheParserSays(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return new Explanation(
        "not YAML: " + (context + e.getProblem()).replaceAll("\\s+", " ").strip(),
        "check indentation, quotes and brackets here and on the line before");
  }
}
