package dev.tiphys.functions.kubernetes.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the run is. Absent until it was begun whole.
 *
 * @param phase Running, Succeeded, Failed or Error, as Argo has them
 * @param message why it failed, or could not go on; while it runs, for what a pod of it waits; null
 *     otherwise
 * @param sink address of the run's Broker, where its events are published; null: it never began
 * @param audience whom a token has to be for that the sink asks for; null: it asks for none
 * @param logs where the output of tasks is read: {@code files} or {@code api}; null: by files
 * @param tasks for people: {@code flip-coin 1 stopped; heads 2 succeeded}
 * @param fates what became of events, by who listens to them; null: nothing yet
 * @param startedAt ISO-8601
 * @param finishedAt ISO-8601; null while it runs
 * @param wakeAt ISO-8601, when the watcher is to have {@code advance} look; null: at no time
 * @param conditions for {@code kubectl wait}; null: nobody has noted any
 * @param state the functions' {@code Run} without its version, as JSON text; only they read it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkflowRunStatus(
    String phase,
    @Nullable String message,
    @Nullable String sink,
    @Nullable String audience,
    @Nullable String logs,
    String tasks,
    @Nullable Fates fates,
    String startedAt,
    @Nullable String finishedAt,
    @Nullable String wakeAt,
    @Nullable List<Condition> conditions,
    String state) {
  /** What a state begins with; {@link Run} puts it first. */
  private static final String FORMAT = "{\"format\":" + Run.FORMAT + ",";

  /** Without conditions. */
  public WorkflowRunStatus(
      String phase,
      @Nullable String message,
      @Nullable String sink,
      @Nullable String audience,
      @Nullable String logs,
      String tasks,
      String startedAt,
      @Nullable String finishedAt,
      @Nullable String wakeAt,
      String state) {
    this(
        phase,
        message,
        sink,
        audience,
        logs,
        tasks,
        null,
        startedAt,
        finishedAt,
        wakeAt,
        null,
        state);
  }

  /** With others. */
  public WorkflowRunStatus with(List<Condition> others) {
    return new WorkflowRunStatus(
        phase,
        message,
        sink,
        audience,
        logs,
        tasks,
        fates,
        startedAt,
        finishedAt,
        wakeAt,
        others,
        state);
  }

  /** Whether this version of Tiphys has written the state. */
  public boolean readable() {
    return state.startsWith(FORMAT);
  }

  /**
   * The run that the state is of, without its version.
   *
   * @param name the run's
   * @throws Refused if another version of Tiphys has written it
   */
  public Run run(String name) {
    if (!readable()) {
      throw new Refused(
          "run %s was begun by another Tiphys: delete it, and submit its workflow again"
              .formatted(name));
    }
    return Json.read(state, Run.class);
  }
}
