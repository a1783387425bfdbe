package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML document, of whatever content: mistakes are reported, never thrown. */
public final class YamlReader {
  /** Larger than any object that Kubernetes would store. */
  public static final int MAX_CHARACTERS = 1024 * 1024;

  private YamlReader() {}

  /** The document's root; empty if it has no usable tree, which has then been reported. */
  public static Optional<Yaml> read(String file, String text, Diagnostics found) {
    if (text.length() > MAX_CHARACTERS) {
      found.report(
          Code.FILE_TOO_LARGE,
          new SourceSpan(file, 1, 1),
          "the file has more than " + MAX_CHARACTERS + " characters",
          "split the workflow, or keep its data elsewhere");
      return Optional.empty();
    }
    SourceText source = new SourceText(file, text);
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).setLabel(file).build();
    try {
      return document(new Parse(settings).parseString(text).iterator(), source, found);
    } catch (MarkedYamlEngineException e) {
      SyntaxError.report(e, source, found);
    } catch (ReaderException e) {
      found.report(
          Code.INVALID_YAML,
          source.atCodePoint(e.getPosition()),
          "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()),
          "remove it, or write it as an escape in double quotes");
    } catch (TooDeepException e) {
      found.report(
          Code.NESTED_TOO_DEEP,
          e.at(),
          "nested deeper than " + Composer.MAX_DEPTH + " levels",
          "no workflow needs that; take levels out");
    } catch (YamlEngineException e) {
      found.report(
          Code.INVALID_YAML,
          source.at(0, 0),
          "not YAML: " + e.getMessage(),
          "see https://yaml.org for the syntax");
    }
    return Optional.empty();
  }

  private static Optional<Yaml> document(
      Iterator<Event> events, SourceText source, Diagnostics found) {
    events.next(); // the stream's start
    if (!(events.next() instanceof DocumentStartEvent)) {
      found.report(
          Code.EMPTY_FILE, source.at(0, 0), "the file is empty", "begin with `apiVersion`, `kind`");
      return Optional.empty();
    }
    Optional<Yaml> root = new Composer(events, source, found).compose();
    events.next(); // the document's end
    if (events.next() instanceof DocumentStartEvent second) {
      second
          .getStartMark()
          .ifPresent(
              mark ->
                  found.report(
                      Code.SEVERAL_DOCUMENTS,
                      source.at(mark.getLine(), mark.getColumn()),
                      "a second YAML document begins here",
                      "put each workflow into a file of its own"));
    }
    return root;
  }
}
