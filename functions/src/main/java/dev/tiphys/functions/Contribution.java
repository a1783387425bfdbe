package dev.tiphys.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.Input;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an event brings to a join or a window.
 *
 * @param values by key and input
 * @param problem why it cannot be used; null: it can
 */
record Contribution(
    SortedMap<String, SortedMap<String, String>> values, @Nullable Problem problem) {
  /** Why an event cannot be used, for people and as it is counted. */
  record Problem(String text, SkipReason reason) {}

  /** Of a key, which anybody outside may choose. */
  private static final int KEY_BYTES_MAX = 1024;

  /** The key of all that name none: they belong to the run. */
  private static final String OF_THE_RUN = "";

  /**
   * Reads it.
   *
   * @param inputs those that the event fills
   */
  static Contribution of(CloudEvent event, List<Input.FromEvent> inputs) {
    SortedMap<String, SortedMap<String, String>> values = new TreeMap<>();
    for (Input.FromEvent input : inputs) {
      ObjectField correlation = input.correlation();
      Optional<String> key =
          correlation == null ? Optional.of(OF_THE_RUN) : correlation.valueIn(event);
      Optional<String> value =
          input.window() == null
              ? input.valueIn(event)
              : input.jsonIn(event).map(JsonNode::toString);
      if (key.isEmpty()) {
        return missing("it has no `" + correlation + "`, the key of `" + input.name() + "`");
      }
      if (key.get().getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
        return unusable("its `" + correlation + "` is longer than " + KEY_BYTES_MAX + " bytes");
      }
      if (value.isEmpty()) {
        return missing("it has no `" + input.objectField() + "` for `" + input.name() + "`");
      }
      Optional<String> tooLarge =
          Values.problem(input.window() == null ? value.get() : "[" + value.get() + "]");
      if (tooLarge.isPresent()) {
        return unusable("its value for `" + input.name() + "`: " + tooLarge.get());
      }
      values.computeIfAbsent(key.get(), k -> new TreeMap<>()).put(input.name(), value.get());
    }
    return new Contribution(values, null);
  }

  private static Contribution missing(String problem) {
    return new Contribution(new TreeMap<>(), new Problem(problem, SkipReason.MISSING_FIELD));
  }

  private static Contribution unusable(String problem) {
    return new Contribution(new TreeMap<>(), new Problem(problem, SkipReason.UNUSABLE_VALUE));
  }
}
