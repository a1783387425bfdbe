package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
   * @param updates null for an input that events do not update
   */
  record FromEvent(
      String name,
      EventFilter on,
      @Nullable ObjectField objectField,
      EventPolicy policy,
      @Nullable Updates updates)
      implements Input {

    /** An input that no event updates. */
    public FromEvent(
        String name, EventFilter on, @Nullable ObjectField objectField, EventPolicy policy) {
      this(name, on, objectField, policy, null);
    }

    /** The value that the event has for this input; empty if it lacks the field. */
    public Optional<String> valueIn(CloudEvent event) {
      return objectField == null
          ? Optional.of(ObjectField.wholeData(event))
          : objectField.valueIn(event);
    }
  }

  /**
   * What holds for an input that events update.
   *
   * @param initial its value before the first event; without one it is empty
   */
  record Updates(Text initial, UpdateStrategy strategy) {}
}
