package dev.tiphys.sidecars.stdout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import io.cloudevents.core.data.BytesCloudEventData;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes of a line. The same line always becomes the same. */
public sealed interface LineRule {
  /**
   * What is to be published of a line; empty if it is no event.
   *
   * @param stream name of the output
   * @param number counts the lines of its output from 1
   */
  Optional<Emission> emission(Line line, String stream, long number);

  /**
   * The rule that a workflow has set.
   *
   * @throws PatternSyntaxException if its pattern is none
   */
  static LineRule of(Lines lines) {
    if (lines.pattern() != null) {
      return new Matching(Pattern.compile(lines.pattern()));
    }
    return switch (lines.format()) {
      case LINE -> new Every();
      case JSON -> new JsonObjects();
    };
  }

  /** What is wrong with a pattern; empty if nothing is. */
  static Optional<String> problem(String pattern) {
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("is no pattern of RE2: " + e.getMessage());
    }
  }

  /** Each is an event. */
  record Every() implements LineRule {
    @Override
    public Optional<Emission> emission(Line line, String stream, long number) {
      return Optional.of(Written.of(line, stream, number).emission());
    }
  }

  /**
   * Those in which the pattern is found are events. Its time grows with the line and no faster,
   * whatever a task writes.
   */
  record Matching(Pattern pattern) implements LineRule {
    @Override
    public Optional<Emission> emission(Line line, String stream, long number) {
      Matcher matcher = pattern.matcher(line.content());
      return matcher.find()
          ? Optional.of(Written.matched(line, stream, number, groups(matcher)).emission())
          : Optional.empty();
    }

    /** The named ones that took part. */
    private SortedMap<String, String> groups(Matcher matcher) {
      SortedMap<String, String> groups = new TreeMap<>();
      pattern
          .namedGroups()
          .forEach(
              (name, index) -> {
                String text = matcher.group(index);
                if (text != null) {
                  groups.put(name, text);
                }
              });
      return groups;
    }
  }

  /** Each is an event; a line that is a JSON object is its data, byte for byte. */
  record JsonObjects() implements LineRule {
    @Override
    public Optional<Emission> emission(Line line, String stream, long number) {
      byte[] bytes = line.content().getBytes(UTF_8);
      return Optional.of(
          !line.truncated() && isObject(bytes)
              ? new Emission(BytesCloudEventData.wrap(bytes))
              : Written.noJson(line, stream, number).emission());
    }

    private static boolean isObject(byte[] bytes) {
      try {
        return Json.parse(bytes).isObject();
      } catch (IOException e) {
        // what is wrong with it can be seen in the event, which has the line
        return false;
      }
    }
  }
}
