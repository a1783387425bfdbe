package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.PlanBuilder;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Gathered;
import dev.tiphys.functions.run.Gathered.Value;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.triggers.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunObjectTest {
  private static final Brokers.Address BROKER = new Brokers.Address("http://broker", "broker-1");
  private static final Plan PLAN = PlanBuilder.coinflip();
  private static final Run RUN = ClusterNamespace.run(PLAN, "coinflip-1");

  @Test
  void givesBackTheRunThatWasWritten() {
    // Given
    WorkflowRun object = RunObject.begun(RUN);
    object.setStatus(RunObject.status(RUN, summary(RUN), BROKER, "files", null));
    object.getMetadata().setResourceVersion("42");

    // When
    Run read = RunObject.run(object).orElseThrow();

    // Then
    assertThat(read).isEqualTo(RUN.withVersion("42"));
  }

  @Test
  void keepsWhatJoinsAndWindowsHoldAndAsksToBeWokenForIt() {
    // Given
    Instant end = Instant.parse("2026-01-01T00:00:30.123456789Z");
    Gathered gathered =
        Gathered.NOTHING
            .with("key", Gathered.Open.EMPTY.with("coin", new Value("1", end)).until(end))
            .with("", Gathered.Open.EMPTY.with("coin", new Value("\"", null)))
            .closing(new TreeMap<>(Map.of("coin", "[1]")))
            .ending(Set.of("bill"))
            .lonely("coin", 3);
    String path = "main[1].heads";
    Node.Armed armed = Node.Armed.create("heads", "main", "heads", Heard.NOTHING);
    Run run = RUN.with(path, armed.with(gathered));
    WorkflowRun object = RunObject.begun(run);

    // When
    object.setStatus(RunObject.status(run, summary(run), BROKER, "files", null));
    object.getMetadata().setResourceVersion("42");

    // Then
    assertThat(RunObject.run(object)).contains(run.withVersion("42"));
    assertThat(object.getStatus().wakeAt()).isEqualTo("2026-01-01T00:00:30.123456789Z");
  }

  @Test
  void aRunOfAnotherTiphysIsRefusedByName() {
    // Given
    WorkflowRun object = RunObject.begun(RUN);
    object.setStatus(
        new WorkflowRunStatus(
            "Running",
            null,
            null,
            null,
            null,
            "",
            "2026-01-01T00:00:00Z",
            null,
            null,
            "{\"name\":\"coinflip-1\"}"));

    // Then
    assertThatThrownBy(() -> RunObject.run(object))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("run coinflip-1 was begun by another Tiphys");
  }

  @Test
  void isNoRunBeforeItWasBegunWhole() {
    assertThat(RunObject.run(RunObject.begun(RUN))).isEmpty();
  }

  @Test
  void isNoRunAnyMoreWhileItIsDeleted() {
    // Given
    WorkflowRun object = RunObject.begun(RUN);
    object.setStatus(RunObject.status(RUN, summary(RUN), BROKER, "files", null));

    // When
    object.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    // Then
    assertThat(RunObject.run(object)).isEmpty();
  }

  @Test
  void tellsPeopleWhatBecameOfItsTasks() {
    // Given
    Summary summary =
        new Summary(
            RUN.name(),
            Phase.SUCCEEDED,
            "",
            new TreeMap<>(
                Map.of(
                    "heads", new TaskCounts(new Tally(2, 2, 0, 0, 0), 0, 0),
                    "flip-coin", new TaskCounts(new Tally(1, 0, 0, 1, 0), 0, 0),
                    "tails", TaskCounts.ZERO)),
            Fates.NONE.with("stop flip-coin", Fate.LATE, 3),
            List.of());

    // When
    WorkflowRunStatus status =
        RunObject.status(RUN, summary, BROKER, "files", "2026-01-01T00:01:00Z");

    // Then
    assertThat(status.phase()).isEqualTo("Succeeded");
    assertThat(status.message()).isNull();
    assertThat(status.tasks()).isEqualTo("flip-coin 1 stopped; heads 2 succeeded; missed: 3 late");
  }

  @Test
  void refusesAStateThatNoObjectHolds() {
    // Given
    Run large = withParameter("\"".repeat(RunObject.STATE_MAX_BYTES / 3));

    // Then
    assertThatThrownBy(() -> RunObject.status(large, summary(large), BROKER, "files", null))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("its object holds 1,000,000");
  }

  @Test
  void leavesRoomToTellThatARunHasFailedBecauseItIsTooLarge() {
    // Given
    Run large = withParameter("x".repeat(RunObject.STATE_MAX_BYTES));
    Run failed = large.with(PLAN.entrypoint(), large.root().to(Phase.FAILED, "too large"));

    // When
    WorkflowRunStatus status =
        RunObject.status(failed, summary(failed), BROKER, "files", "2026-01-01T00:01:00Z");

    // Then
    assertThat(status.phase()).isEqualTo("Failed");
  }

  private static Run withParameter(String value) {
    return Run.create(
        RUN.name(),
        RUN.workflow(),
        RUN.plan(),
        new TreeMap<>(Map.of("p", value)),
        RUN.startedAt(),
        PLAN.entrypoint(),
        RUN.root(),
        RUN.cause());
  }

  private static Summary summary(Run run) {
    return Summary.of(PLAN, run, List.of());
  }
}
