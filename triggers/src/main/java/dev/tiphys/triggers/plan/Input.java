package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.event.ObjectField;
import io.cloudevents.CloudEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parameter that a template takes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Input.FromArgument.class, name = "argument"),
  @JsonSubTypes.Type(value = Input.FromEvent.class, name = "event")
})
public sealed interface Input {
  String name();

  /** Filled by the caller's argument, else by the default; null default: an argument is needed. */
  record FromArgument(String name, @Nullable Text defaultValue) implements Input {}

  /**
   * Filled by an event.
   *
   * @param objectField the part of the event that becomes the value; null: its whole data
   * @param correlation the part of the event by which it finds those that it is joined or gathered
   *     with; null: all of the run belong together
   * @param window null: each event counts alone
   * @param updates null for an input that events do not update
   */
  record FromEvent(
      String name,
      EventFilter on,
      @Nullable ObjectField objectField,
      EventPolicy policy,
      @Nullable ObjectField correlation,
      @Nullable Window window,
      @Nullable Updates updates)
      implements Input {
    /** Filled by each event alone. */
    public FromEvent(
        String name, EventFilter on, @Nullable ObjectField objectField, EventPolicy policy) {
      this(name, on, objectField, policy, null, null, null);
    }

    /** The value that the event has for this input; empty if it lacks the field. */
    public Optional<String> valueIn(CloudEvent event) {
      return objectField == null
          ? Optional.of(ObjectField.wholeData(event))
          : objectField.valueIn(event);
    }

    /** The same as JSON: text as a JSON string, unless it is what the whole data is already. */
    public Optional<JsonNode> jsonIn(CloudEvent event) {
      return objectField == null
          ? Optional.of(ObjectField.wholeJson(event))
          : objectField.jsonIn(event);
    }
  }

  /**
   * What holds for an input that events update.
   *
   * @param initial its value before the first event; without one it is empty
   */
  record Updates(Text initial, UpdateStrategy strategy) {}
}
