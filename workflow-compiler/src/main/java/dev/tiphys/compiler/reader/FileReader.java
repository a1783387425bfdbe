package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.PathGlob;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which files a filewatcher watches, and for what; {@link MountReader} finds them. */
final class FileReader {
  private static final Map<String, FileWatch.Change> CHANGES =
      Arrays.stream(FileWatch.Change.values())
          .collect(Collectors.toUnmodifiableMap(FileWatch.Change::word, Function.identity()));
  private static final Map<String, FileWatch.Content> CONTENTS =
      Map.of(
          "none", FileWatch.Content.NONE,
          "inline", FileWatch.Content.INLINE,
          "reference", FileWatch.Content.REFERENCE);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m)");
  private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long SHORTEST_POLL_MILLIS = 100;

  private final Reading reading;

  FileReader(Reading reading) {
    this.reading = reading;
  }

  /** Empty if it names no files, which has been reported. The volume is not known yet. */
  Optional<EventSidecar> read(Fields parameters, EventSidecar.Common common) {
    Optional<Yaml> path = parameters.get("path");
    Optional<Yaml> regex = parameters.get("regex");
    if (path.isPresent() && regex.isPresent()) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              regex.get().at(),
              "`path` and `regex` are two ways to name the files",
              "keep one of them");
    }
    if (path.isEmpty() && regex.isEmpty()) {
      parameters.missing(
          "path", "add `path: /data/*.csv`, a glob of the files as the task sees them");
    }
    List<String> globs = path.stream().flatMap(this::words).flatMap(this::glob).toList();
    Optional<String> pattern = parameters.text("regex").flatMap(this::regex);
    FileWatch watch =
        new FileWatch(
            "",
            null,
            "",
            globs,
            globs.isEmpty() ? pattern.orElse(null) : null,
            changes(parameters),
            millis(parameters, "settle", 0).orElse(FileWatch.SETTLE_MILLIS),
            content(parameters),
            maxBytes(parameters),
            millis(parameters, "poll", SHORTEST_POLL_MILLIS).orElse(null));
    return globs.isEmpty() && pattern.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EventSidecar.FileWatcher(common, watch, StdoutReader.onStop(reading, parameters)));
  }

  private Stream<String> glob(Located<String> glob) {
    return absolute(glob).filter(g -> compiles(glob, () -> PathGlob.regex(g))).stream();
  }

  private Optional<String> regex(Located<String> regex) {
    return absolute(regex).filter(r -> compiles(regex, () -> Pattern.compile(r)));
  }

  private Optional<String> absolute(Located<String> path) {
    return path.value().startsWith("/")
        ? Optional.of(path.value())
        : invalid(
            path, "does not begin with a slash", "write the path as the task sees it: /data/*");
  }

  private boolean compiles(Located<String> pattern, Runnable compile) {
    try {
      compile.run();
      return true;
    } catch (PatternSyntaxException e) {
      return invalid(
              pattern, "is wrong: " + e.getDescription(), "see the rules in docs/language.md")
          .isPresent();
    }
  }

  private Optional<String> invalid(Located<String> path, String why, String help) {
    reading.found().report(Code.INVALID_PATH, path.at(), "`" + path + "` " + why, help);
    return Optional.empty();
  }

  private Set<FileWatch.Change> changes(Fields parameters) {
    Set<FileWatch.Change> changes = EnumSet.noneOf(FileWatch.Change.class);
    parameters.get("on").stream()
        .flatMap(this::words)
        .flatMap(
            word -> reading.values().choice(word, "change of a file", CHANGES, Set.of()).stream())
        .forEach(changes::add);
    return changes.isEmpty() ? FileWatch.ALL_STATES : changes;
  }

  private FileWatch.Content content(Fields parameters) {
    return parameters
        .text("content")
        .flatMap(word -> reading.values().choice(word, "content", CONTENTS, Set.of()))
        .orElse(FileWatch.Content.NONE);
  }

  private int maxBytes(Fields parameters) {
    return parameters
        .count("maxBytes")
        .filter(
            bytes ->
                bytes.value() <= FileWatch.MAX_INLINE_BYTES
                    || outOfRange(
                        bytes,
                        "maxBytes",
                        "write a number up to %d; larger contents do not fit into an event"
                            .formatted(FileWatch.MAX_INLINE_BYTES)))
        .map(Located::value)
        .orElse(FileWatch.INLINE_BYTES);
  }

  private Optional<Long> millis(Fields parameters, String field, long least) {
    return parameters.text(field).flatMap(text -> millis(text, field, least));
  }

  private Optional<Long> millis(Located<String> text, String field, long least) {
    Matcher duration = DURATION.matcher(text.value());
    @Nullable Long unit = duration.matches() ? MILLIS.get(duration.group(2)) : null;
    long millis = unit == null ? -1 : Long.parseLong(duration.group(1)) * unit;
    if (millis < least || millis > HOUR_MILLIS) {
      boolean _ =
          outOfRange(
              text, field, "write a duration from %dms to 60m, as 500ms or 2s".formatted(least));
      return Optional.empty();
    }
    return Optional.of(millis);
  }

  private boolean outOfRange(Located<?> value, String field, String help) {
    reading
        .found()
        .report(Code.INVALID_NUMBER, value.at(), "`" + field + "` cannot be " + value, help);
    return false;
  }

  /** A text, or a list of them. */
  private Stream<Located<String>> words(Yaml node) {
    if (node instanceof Yaml.Sequence list) {
      return list.items().stream().flatMap(this::words);
    }
    return reading.values().text(node, "a path or a change").stream()
        .map(scalar -> new Located<>(scalar.text(), scalar.at()));
  }
}
