package dev.tiphys.compiler.model;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.name.VariableName;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.UpdateStrategy;
import dev.tiphys.triggers.plan.Window;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A parameter that a template takes. */
public record Input(Located<String> name, Origin origin) {
  private static final String VARIABLE_PREFIX = "TIPHYS_PARAM_";

  /** The environment variable of its task that holds its value. */
  public String variable() {
    return VariableName.of(VARIABLE_PREFIX, name.value());
  }

  /** The event that fills it, if one does. */
  public Optional<Event> event() {
    return origin instanceof Event event ? Optional.of(event) : Optional.empty();
  }

  /** Whether each event starts an instance. */
  public boolean creates() {
    return event().filter(e -> e.policy() == EventPolicy.CREATE).isPresent();
  }

  /** Its default, in whatever form it has one: one text or none. */
  public Stream<TaggedText> defaults() {
    return switch (origin) {
      case Argument argument -> argument.texts();
      case Event event ->
          Stream.ofNullable(event.updates()).flatMap(it -> Stream.ofNullable(it.initial()));
      case Broken broken -> Stream.empty();
    };
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
   * @param correlation where the event says what it belongs to; null: to the run
   * @param window which events start one instance together; null: each starts its own
   * @param at where the event is described
   * @param updates null for an input that events do not update
   */
  public record Event(
      Located<String> type,
      SortedMap<String, String> attributes,
      @Nullable ObjectField objectField,
      EventPolicy policy,
      @Nullable ResourceWatch watch,
      @Nullable Located<ObjectField> correlation,
      @Nullable Located<Window> window,
      SourceSpan at,
      @Nullable Updates updates)
      implements Origin {}

  /**
   * What holds for an input that events update.
   *
   * @param initial its value before the first event; null: it is empty
   * @param strategy null: its author leaves it open
   */
  public record Updates(@Nullable TaggedText initial, @Nullable Located<UpdateStrategy> strategy) {}

  /** Not told, which has been reported. */
  public record Broken() implements Origin {}
}
