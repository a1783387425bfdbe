package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the body of a refusal says to people: a problem document, the API server's, or text. */
final class ProblemText {
  private ProblemText() {}

  static String of(String body) {
    String fields =
        Stream.of("title", "detail", "message")
            .map(json(body)::path)
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .collect(Collectors.joining(": "));
    return fields.isEmpty() ? body.strip() : fields;
  }

  private static JsonNode json(String body) {
    try {
      return Json.parse(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
