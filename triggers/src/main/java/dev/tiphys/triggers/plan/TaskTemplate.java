package dev.tiphys.triggers.plan;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A template whose instances are pods (locally: processes).
 *
 * @param work what the main container runs
 * @param parallelism for an event-started task: how many of its instances may be active at once in
 *     one run; null: {@value #DEFAULT_PARALLELISM}
 * @param podFields null: there are none; see {@link #pod}
 */
public record TaskTemplate(
    String name,
    List<Input> inputs,
    Work work,
    List<EventSidecar> sidecars,
    @Nullable Integer parallelism,
    ConcurrencyPolicy concurrencyPolicy,
    @Nullable PodFields podFields)
    implements Template {

  /** Active instances of an event-started task that sets no {@code parallelism}. */
  public static final int DEFAULT_PARALLELISM = 10;

  public TaskTemplate {
    inputs = List.copyOf(inputs);
    sidecars = List.copyOf(sidecars);
    podFields = podFields == null || podFields.isEmpty() ? null : podFields;
  }

  /** A task whose pods are left to Tiphys and Kubernetes. */
  public TaskTemplate(
      String name,
      List<Input> inputs,
      Work work,
      List<EventSidecar> sidecars,
      @Nullable Integer parallelism,
      ConcurrencyPolicy concurrencyPolicy) {
    this(name, inputs, work, sidecars, parallelism, concurrencyPolicy, null);
  }

  /** What its author has decided about its pods. */
  public PodFields pod() {
    return podFields == null ? PodFields.NONE : podFields;
  }

  /** The inputs whose events start instances; none for a task that its scope starts. */
  public List<Input.FromEvent> createInputs() {
    return inputs.stream()
        .flatMap(i -> i instanceof Input.FromEvent e ? Stream.of(e) : null)
        .filter(e -> e.policy() == EventPolicy.CREATE)
        .toList();
  }

  /** Whether events start it. */
  public boolean eventStarted() {
    return !createInputs().isEmpty();
  }

  /** Whether an event is to end it: it may never end by itself. */
  public boolean eventEnded() {
    return inputs.stream()
        .anyMatch(i -> i instanceof Input.FromEvent e && e.policy() == EventPolicy.DELETE);
  }

  /** Whether it takes several events to start an instance: a join, or a window. */
  public boolean gathers() {
    List<Input.FromEvent> creates = createInputs();
    return creates.size() > 1 || creates.stream().anyMatch(input -> input.window() != null);
  }

  /** The inputs that events update. */
  public Stream<Input.FromEvent> updateInputs() {
    return inputs.stream()
        .flatMap(i -> i instanceof Input.FromEvent e && e.updates() != null ? Stream.of(e) : null);
  }

  /** How many instances of an event-started step of this task may be active at once. */
  public int limit() {
    return parallelism == null ? DEFAULT_PARALLELISM : parallelism;
  }
}
