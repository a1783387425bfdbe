package dev.tiphys.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as its author wrote it. Holes are null, and have been reported.
 *
 * @param name names its Broker, Triggers and plan
 * @param runPrefix what the names of its runs begin with
 * @param parameters null: they could not be read
 * @param parallelism instances of one run that may be active at once; null: no limit
 * @param pod what holds for the pods of all its tasks
 * @param eventValuesInCode whether the author allows event values in code
 * @param complete whether nothing was left out because of a mistake; only then does it mean
 *     anything that something is missing
 */
public record Workflow(
    @Nullable Located<String> name,
    @Nullable String runPrefix,
    @Nullable Located<String> entrypoint,
    @Nullable List<Parameter> parameters,
    @Nullable Integer parallelism,
    Templates templates,
    Pod pod,
    boolean eventValuesInCode,
    boolean complete) {
  /** The annotation that allows event values in code when it is {@code "true"}. */
  public static final String ALLOW_EVENT_VALUES_IN_CODE = "tiphys.dev/allow-event-values-in-code";

  /** The template that a run begins with, if there is one of that name. */
  public Optional<Template> entry() {
    return entrypoint == null ? Optional.empty() : templates.find(entrypoint.value());
  }

  /** The template that a step calls, if there is one of that name. */
  public Optional<Template> target(Step step) {
    return templates.find(step.template().value());
  }

  /** The task that a step calls, if it calls one. */
  public Optional<Template.Task> task(Step step) {
    return target(step)
        .flatMap(t -> t instanceof Template.Task task ? Optional.of(task) : Optional.empty());
  }

  /** Whether events start the step, rather than its scope. */
  public boolean eventStarted(Step step) {
    return task(step).filter(Template.Task::eventStarted).isPresent();
  }

  /** Whether there is a parameter of that name, as far as the parameters could be read. */
  public boolean mayHaveParameter(String parameter) {
    return parameters == null
        || parameters.stream().anyMatch(p -> p.name().value().equals(parameter));
  }

  /** Every event type that a task emits into the run. */
  public Set<String> emittedTypes() {
    return templates
        .tasks()
        .flatMap(task -> task.sidecars().stream())
        .filter(sidecar -> sidecar.watcher().feedsRun())
        .map(sidecar -> sidecar.eventType().value())
        .collect(Collectors.toUnmodifiableSet());
  }
}
