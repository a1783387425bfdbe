package dev.tiphys.sidecars.stdout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.sidecars.publish.Emission;

/**
 * The data of an event that a line has become.
 *
 * @param stream name of the output
 * @param line counts the lines of its output from 1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Written(
    String content,
    String stream,
    long line,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {

  /** Of the line of that number. */
  public static Written of(Line line, String stream, long number) {
    return new Written(line.content(), stream, number, line.truncated());
  }

  /** What is to be published. */
  public Emission emission() {
    return Emission.of(this);
  }
}
