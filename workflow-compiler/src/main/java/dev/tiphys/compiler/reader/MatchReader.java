package dev.tiphys.compiler.reader;

import com.google.re2j.PatternSyntaxException;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.triggers.plan.PathGlob;
import dev.tiphys.triggers.plan.Proxied.Match;
import dev.tiphys.triggers.plan.Proxied.Statuses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which exchanges count: by method, path and status. */
final class MatchReader {
  private static final Shape MATCH =
      Shape.own("`match`", Set.of("method", "path", "regex", "status"), Set.of());
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");
  private static final Pattern STATUSES =
      Pattern.compile("(?<from>[1-5]\\d\\d)(-(?<to>[1-5]\\d\\d))?|(?<class>[1-5])xx");

  private final Reading reading;

  MatchReader(Reading reading) {
    this.reading = reading;
  }

  /** Everything where the parameter is absent. */
  Match read(Fields parameters) {
    return parameters.fields("match", MATCH).map(this::match).orElse(Match.all());
  }

  private Match match(Fields fields) {
    Set<String> methods =
        fields.get("method").stream()
            .flatMap(node -> ProxyReader.words(reading, node, "a method"))
            .flatMap(word -> method(word).stream())
            .collect(Collectors.toSet());
    List<Statuses> statuses =
        fields.get("status").stream()
            .flatMap(node -> ProxyReader.words(reading, node, "a status"))
            .flatMap(word -> statuses(word).stream())
            .toList();
    return new Match(new TreeSet<>(methods), path(fields), statuses);
  }

  private Optional<String> method(Located<String> word) {
    String method = word.value().toUpperCase(Locale.ROOT);
    if (METHOD.matcher(method).matches()) {
      return Optional.of(method);
    }
    ProxyReader.invalid(
        reading, word.at(), "`" + word + "` is no method", "write GET, or [GET, POST]");
    return Optional.empty();
  }

  private Optional<Statuses> statuses(Located<String> word) {
    Matcher matcher = STATUSES.matcher(word.value());
    if (!matcher.matches()) {
      ProxyReader.invalid(
          reading, word.at(), "`" + word + "` is no status", "write 404, 5xx or 500-599");
      return Optional.empty();
    }
    if (matcher.group("class") != null) {
      int first = Integer.parseInt(matcher.group("class")) * 100;
      return Optional.of(new Statuses(first, first + 99));
    }
    int from = Integer.parseInt(matcher.group("from"));
    String to = matcher.group("to");
    return Optional.of(new Statuses(from, to == null ? from : Integer.parseInt(to)));
  }

  private @Nullable String path(Fields fields) {
    Optional<Located<String>> glob = fields.text("path");
    Optional<Located<String>> regex = fields.text("regex");
    if (glob.isPresent() && regex.isPresent()) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              regex.get().at(),
              "`path` and `regex` are two ways to say which paths",
              "keep one of the two");
    }
    return glob.flatMap(this::regex).or(() -> regex.flatMap(this::valid)).orElse(null);
  }

  private Optional<String> valid(Located<String> regex) {
    try {
      // not Java's own: paths are untrusted, and some would keep its patterns busy for ever
      return Optional.of(com.google.re2j.Pattern.compile(regex.value()).pattern());
    } catch (PatternSyntaxException e) {
      ProxyReader.invalid(
          reading,
          regex.at(),
          "`" + regex + "` is no regular expression: " + e.getDescription(),
          "write it in RE2's syntax; it has to match the whole path");
      return Optional.empty();
    }
  }

  private Optional<String> regex(Located<String> glob) {
    try {
      return Optional.of(PathGlob.regex(glob.value()));
    } catch (java.util.regex.PatternSyntaxException e) {
      ProxyReader.invalid(
          reading,
          glob.at(),
          "`" + glob + "` is not a path: " + e.getDescription(),
          "see the rules of globs in docs/language.md");
      return Optional.empty();
    }
  }
}
