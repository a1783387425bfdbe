package dev.tiphys.compiler.model;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.ResourceWatch;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A parameter that a template takes. */
public record Input(Located<String> name, Origin origin) {
  /** The event that fills it, if one does. */
  public Optional<Event> event() {
    return origin instanceof Event event ? Optional.of(event) : Optional.empty();
  }

  /** Whether each event starts an instance. */
  public boolean creates() {
    return event().filter(e -> e.policy() == EventPolicy.CREATE).isPresent();
  }

  /** Whether each event stops the instances. */
  public boolean deletes() {
    return event().filter(e -> e.policy() == EventPolicy.DELETE).isPresent();
  }

  /** Where the value comes from. */
  public sealed interface Origin {}

  /** An argument, or the default where there is one. */
  public record Argument(@Nullable TaggedText defaultValue) implements Origin {
    /** The default's texts: one or none. */
    public Stream<TaggedText> texts() {
      return Stream.ofNullable(defaultValue);
    }
  }

  /**
   * An event.
   *
   * @param watch the objects whose changes are the events; null: no objects
   * @param at where the event is described
   */
  public record Event(
      Located<String> type,
      SortedMap<String, String> attributes,
      @Nullable ObjectField objectField,
      EventPolicy policy,
      @Nullable ResourceWatch watch,
      SourceSpan at)
      implements Origin {}

  /** Not told, which has been reported. */
  public record Broken() implements Origin {}
}
