package dev.tiphys.tests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first line is a path, the rest an event's data. The value is what a walk from name to name
 * finds, else that of an attribute; data that are no JSON have no fields.
 */
final class FieldOracle implements Oracle {
  private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");
  private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");
  private static final Map<String, String> ATTRIBUTES =
      Map.of("id", "1", "source", "/s", "type", "t", "specversion", "1.0");

  @Override
  public void check(byte[] input) {
    String[] parts = new String(input, UTF_8).split("\n", 2);
    String path = parts[0];
    byte[] data = (parts.length < 2 ? "" : parts[1]).getBytes(UTF_8);
    Optional<ObjectField> parsed = ObjectField.parse(path);
    if (parsed.isEmpty()) {
      return;
    }
    ObjectField field = parsed.get();
    Expect.same(path, field.path(), "the path as it was written");
    Expect.same(field, Json.read(Json.write(field), ObjectField.class), "written and read");
    JsonNode whole = json(data);
    Optional<String> walked = walk(whole, path);
    Expect.same(walked, field.valueIn(whole), "`" + path + "` of the tree");
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/s"))
            .withType("t")
            .withData(data)
            .build();
    Expect.same(
        walked.or(() -> Optional.ofNullable(ATTRIBUTES.get(path))),
        field.valueIn(event),
        "`" + path + "` of the event");
    Expect.same(new String(data, UTF_8), ObjectField.wholeData(event), "the whole data");
  }

  private static JsonNode json(byte[] data) {
    try {
      return Json.parse(data);
    } catch (IOException e) {
      return NullNode.getInstance();
    }
  }

  private static Optional<String> walk(JsonNode whole, String path) {
    Optional<JsonNode> node = Optional.of(whole);
    List<String> steps = STEP.matcher(path).results().map(MatchResult::group).toList();
    for (String step : steps) {
      node = node.flatMap(it -> Optional.ofNullable(child(it, step)));
    }
    return node.filter(it -> !it.isNull())
        .map(it -> it.isTextual() ? it.textValue() : it.toString());
  }

  private static @Nullable JsonNode child(JsonNode node, String step) {
    if (!node.isArray()) {
      return node.get(step);
    }
    return INDEX.matcher(step).matches() ? node.get(Integer.parseInt(step)) : null;
  }
}
