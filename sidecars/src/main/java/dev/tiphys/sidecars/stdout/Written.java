package dev.tiphys.sidecars.stdout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.publish.Emission;
import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event that a line has become.
 *
 * @param stream name of the output
 * @param line counts the lines of its output from 1
 * @param groups what the pattern's named groups have found
 * @param error why the line itself is not the data; null where it need not be
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Written(
    String content,
    String stream,
    long line,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> groups,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error) {
  private static final String NO_JSON = "the line is no JSON object";

  static Written of(Line line, String stream, long number) {
    return matched(line, stream, number, Collections.emptySortedMap());
  }

  static Written matched(Line line, String stream, long number, SortedMap<String, String> groups) {
    return new Written(line.content(), stream, number, line.truncated(), groups, null);
  }

  static Written noJson(Line line, String stream, long number) {
    return new Written(
        line.content(), stream, number, line.truncated(), Collections.emptySortedMap(), NO_JSON);
  }

  /** What is to be published. */
  Emission emission() {
    return Emission.of(this);
  }
}
