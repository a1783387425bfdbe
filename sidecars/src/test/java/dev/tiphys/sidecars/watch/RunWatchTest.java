package dev.tiphys.sidecars.watch;

import static dev.tiphys.sidecars.watch.Sample.ended;
import static dev.tiphys.sidecars.watch.Sample.finished;
import static dev.tiphys.sidecars.watch.Sample.pod;
import static dev.tiphys.sidecars.watch.Sample.run;
import static dev.tiphys.sidecars.watch.Sample.running;
import static dev.tiphys.sidecars.watch.Sample.waiting;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.PodFields;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunWatchTest {
  private static final String RUN = "coinflip-1";
  private static final List<String> WHOLE_STREAM =
      List.of(
          "uid-1/watcher/lifecycle/1", "uid-1/watcher/lifecycle/2", "uid-1/watcher/lifecycle/end");

  private final List<CloudEvent> published = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final List<String> released = new ArrayList<>();
  private final List<String> orphans = new ArrayList<>();
  private final List<TaskPod> traced = new ArrayList<>();
  private final List<KubernetesEvent> recorded = new ArrayList<>();
  private boolean full;
  private RunWatch watch = restarted();

  @Test
  void tellsTheStartTheEndAndTheFinish() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(waiting(RUN)));
    watch.seen(pod(running(RUN)));
    watch.seen(pod(ended(RUN, 0)));
    watch.seen(pod(finished(RUN)));
    // Then
    assertThat(ofType(EventTypes.TASK_PREFIX))
        .extracting(CloudEvent::getId)
        .containsExactly("uid-1/started", "uid-1/ended", "uid-1/finished");
  }

  @Test
  void signsWhatItTellsAndNamesTheVersionThatItSaw() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(running(RUN)));
    // Then
    CloudEvent started = ofType(EventTypes.TASK_STARTED).getFirst();
    assertThat(Fixtures.keys().control().hasSigned(started)).isTrue();
    assertThat(started.getExtension(Attributes.RESOURCE_VERSION)).isEqualTo("7");
    assertThat(started.getExtension(Attributes.RUN)).isEqualTo(RUN);
    assertThat(started.getExtension(Attributes.PARTITION_KEY)).isEqualTo(RUN);
  }

  @Test
  void tellsNothingTwiceHoweverOftenItLooks() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(ended(RUN, 0)));
    int told = published.size();
    // When
    watch.seen(pod(ended(RUN, 0)));
    watch.seen(run(RUN, "Running"));
    // Then
    assertThat(published).hasSize(told);
  }

  @Test
  void aRestartPublishesALifecyclewatchersStreamAgainWithTheSameIds() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(running(RUN)));
    watch.seen(pod(ended(RUN, 0)));
    List<CloudEvent> first = streamed();
    published.clear();
    watch = restarted();
    // When
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(finished(RUN)));
    // Then
    assertThat(first).extracting(CloudEvent::getId).isEqualTo(WHOLE_STREAM);
    assertThat(streamed()).isEqualTo(first);
  }

  @Test
  void aMomentThatNobodyAskedForHasNoNumber() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(ended(RUN, 1)));
    // Then
    assertThat(streamed())
        .extracting(CloudEvent::getId)
        .containsExactly("uid-1/watcher/lifecycle/1", "uid-1/watcher/lifecycle/end");
    assertThat(streamed().getLast().getExtension(Attributes.SEQUENCE)).isEqualTo("000000000001");
  }

  @Test
  void theDataOfAMomentAreThoseOfALocalRun() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(ended(RUN, 0)));
    // Then
    assertThat(streamed().get(1).getData())
        .extracting(data -> new String(data.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"state\":\"success\",\"exitCode\":0,\"reason\":\"Completed\",\"startedAt\":\""
                + Sample.STARTED_AT
                + "\",\"finishedAt\":\""
                + Sample.FINISHED_AT
                + "\"}");
  }

  @Test
  void whatLeavesNoTraceIsToldWhenItIsRecordedAndThenForEver() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(probed(running(RUN), true)));
    List<String> before = ids();
    List<Trace> recorded = traced.getFirst().untraced();
    watch.seen(pod(withTraces(probed(running(RUN), true), recorded)));
    List<String> after = ids();
    published.clear();
    watch = restarted();
    // When
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(withTraces(probed(ended(RUN, 0), false), recorded)));
    // Then
    assertThat(before).containsExactly("uid-1/watcher/lifecycle/1");
    assertThat(after).endsWith("uid-1/watcher/lifecycle/2");
    assertThat(streamed())
        .extracting(RunWatchTest::state)
        .containsExactly("started", "ready", "success", "");
  }

  @Test
  void anEndThatComesBeforeTheRecordHasItsPlace() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(probed(running(RUN), true)));
    // When
    watch.seen(pod(probed(ended(RUN, 0), true)));
    // Then
    assertThat(streamed())
        .extracting(RunWatchTest::state)
        .containsExactly("started", "success", "");
    assertThat(traced).hasSize(1);
  }

  @Test
  void withoutAProbeATaskIsReadyWhenItStarts() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(told("started", "ready").apply(running(RUN))));
    // Then
    assertThat(streamed()).extracting(RunWatchTest::state).containsExactly("started", "ready");
    assertThat(traced).isEmpty();
  }

  @Test
  void eachRestartIsRecordedOnce() {
    // Given
    watch.seen(run(RUN, "Running"));
    Pod twice = restarts(told("restarted").apply(running(RUN)), 2);
    watch.seen(pod(twice));
    List<Trace> recorded = traced.getFirst().untraced();
    traced.clear();
    // When
    watch.seen(pod(withTraces(twice, recorded)));
    // Then
    assertThat(streamed())
        .extracting(RunWatchTest::state)
        .containsExactly("restarted", "restarted");
    assertThat(traced).isEmpty();
  }

  @Test
  void aPodThatItsNodeGotRidOfWasEvictedAndHasFailed() {
    // Given
    watch.seen(run(RUN, "Running"));
    Pod ended =
        told("oomkilled", "evicted", "failure")
            .apply(ended(RUN, 137))
            .edit()
            .editStatus()
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();
    // When
    watch.seen(pod(ended));
    // Then
    assertThat(streamed())
        .extracting(RunWatchTest::state)
        .containsExactly("evicted", "failure", "");
  }

  @Test
  void aPodThatVanishesHasEndedAndSoHasItsStream() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(running(RUN)));
    // When
    watch.gone(pod(running(RUN)));
    // Then
    assertThat(ofType(EventTypes.TASK_ENDED))
        .extracting(CloudEvent::getId)
        .containsExactly("uid-1/deleted");
    assertThat(streamed().getLast().getId()).isEqualTo("uid-1/watcher/lifecycle/end");
  }

  @Test
  void aPodThatFinishedBeforeItWentIsNoNews() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(finished(RUN)));
    int told = published.size();
    // When
    watch.gone(pod(finished(RUN)));
    // Then
    assertThat(published).hasSize(told);
  }

  @Test
  void whatWasSeenOfAPodBeforeItsRunIsToldWhenTheRunIsThere() {
    // Given
    watch.seen(pod(running(RUN)));
    watch.seen(run(RUN, null));
    // When
    watch.seen(run(RUN, "Running"));
    // Then
    assertThat(published)
        .extracting(CloudEvent::getType)
        .startsWith(EventTypes.RUN_CHANGED)
        .contains(EventTypes.TASK_STARTED);
  }

  @Test
  void whatFindsNoRoomIsToldAtALaterLook() {
    // Given
    watch.seen(run(RUN, "Running"));
    full = true;
    watch.seen(pod(ended(RUN, 0)));
    full = false;
    // When
    watch.seen(pod(ended(RUN, 0)));
    // Then
    assertThat(streamed()).extracting(CloudEvent::getId).isEqualTo(WHOLE_STREAM);
    assertThat(ofType(EventTypes.TASK_ENDED)).hasSize(1);
  }

  @Test
  void letsThePodsOfACompleteRunGoAndSaysNoMoreOfThem() {
    // Given
    watch.seen(run(RUN, "Running"));
    watch.seen(pod(running(RUN)));
    watch.seen(run(RUN, "Succeeded"));
    int told = published.size();
    // When
    watch.seen(pod(finished(RUN)));
    // Then
    assertThat(published).hasSize(told);
    assertThat(released).containsOnly("flip-1");
    assertThat(closed).containsOnly(RUN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Succeeded", "Failed", "Error"})
  void hasAPodStoppedThatWasCreatedForARunThatIsOver(String phase) {
    // Given
    watch.seen(run(RUN, phase));
    // When
    watch.seen(pod(running(RUN)));
    boolean idle = watch.idle();
    watch.seen(pod(ended(RUN, 143)));
    // Then
    assertThat(published).extracting(CloudEvent::getType).containsExactly(EventTypes.RUN_CHANGED);
    assertThat(idle).isFalse();
    assertThat(released).containsExactly("flip-1");
  }

  @Test
  void aPodWithoutARunIsLookedAfter() {
    // When
    watch.seen(pod(finished(RUN)));
    // Then
    assertThat(orphans).containsExactly("flip-1");
    assertThat(released).isEmpty();
  }

  @Test
  void isIdleOnlyWithoutActiveRunsAndHeldPods() {
    // Given
    watch.seen(run(RUN, "Succeeded"));
    watch.seen(pod(finished(RUN)));
    boolean held = watch.idle();
    // When
    watch.seen(pod(finished(RUN).edit().editMetadata().withFinalizers().endMetadata().build()));
    // Then
    assertThat(held).isFalse();
    assertThat(watch.idle()).isTrue();
  }

  @Test
  @DisplayName("B9: for what a pod waits is told once, and again when that is something else")
  void tellsForWhatAPodWaits() {
    // Given
    watch.seen(run(RUN, "Running"));
    int before = published.size();
    watch.seen(pod(unable("ErrImagePull")));
    watch.wake();
    watch.wake();
    int first = published.size();
    // When
    watch.seen(pod(unable("ImagePullBackOff")));
    watch.wake();
    // Then
    assertThat(first).isEqualTo(before + 1);
    assertThat(published.subList(before, published.size()))
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.getType()).isEqualTo(EventTypes.RUN_CHANGED);
              assertThat(event.getExtension(Attributes.RESOURCE_VERSION)).isEqualTo("7");
            });
  }

  @Test
  @DisplayName("B9: a pod that has not started in its time is told, whatever else happens")
  void tellsOfAPodThatIsOverdue() {
    // Given
    watch.seen(run(RUN, "Running"));
    int before = published.size();
    Pod overdue =
        waiting(RUN)
            .edit()
            .editMetadata()
            .withCreationTimestamp(Fixtures.NOW.minusSeconds(61).truncatedTo(SECONDS).toString())
            .addToAnnotations(PodFields.PENDING_TIMEOUT, "60")
            .endMetadata()
            .build();
    watch.seen(pod(overdue));
    // When
    watch.wake();
    watch.wake();
    // Then
    assertThat(published).hasSize(before + 1);
    assertThat(published.getLast().getType()).isEqualTo(EventTypes.RUN_CHANGED);
  }

  @Test
  @DisplayName("B8: when a deletion was asked for is recorded while anybody knows")
  void recordsWhenADeletionWasAskedFor() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(deleted(running(RUN), 30)));
    watch.seen(pod(deleted(running(RUN), 0)));
    // Then
    assertThat(traced)
        .extracting(TaskPod::leaving)
        .containsExactly(Instant.parse(Sample.FINISHED_AT).minusSeconds(30));
  }

  @Test
  @DisplayName("B8: a task that was deleted has failed, however well it took that")
  void aTaskThatWasDeletedHasFailed() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(told("success", "failure").apply(deleted(ended(RUN, 0), 30))));
    // Then
    assertThat(streamed()).extracting(RunWatchTest::state).containsExactly("failure", "");
  }

  private static Pod deleted(Pod pod, long grace) {
    return pod.edit()
        .editMetadata()
        .withDeletionTimestamp(Sample.FINISHED_AT)
        .withDeletionGracePeriodSeconds(grace)
        .endMetadata()
        .build();
  }

  @Test
  @DisplayName("E4: people see at the next look that a pod is there, and are told that once")
  void e4APodThatIsThereIsNews() {
    // Given
    watch.seen(run(RUN, "Running"));
    int before = published.size();
    // When
    watch.seen(pod(waiting(RUN)));
    watch.wake();
    watch.wake();
    // Then
    assertThat(published).hasSize(before + 1);
  }

  @Test
  @DisplayName("E5: Events tell that a run has started, what stalls it, and how it has ended")
  void e5EventsTellOfARunsLife() {
    // When
    watch.seen(run(RUN, "Running"));
    watch.seen(Sample.stalled(RUN, "flip: ImagePullBackOff"));
    watch.seen(Sample.stalled(RUN, "flip: ImagePullBackOff"));
    watch.seen(run(RUN, "Failed"));
    watch.seen(run(RUN, "Failed"));
    // Then
    assertThat(recorded)
        .extracting(KubernetesEvent::reason, event -> event.type().text())
        .containsExactly(
            tuple("Started", "Normal"), tuple("Stalled", "Warning"), tuple("Failed", "Warning"));
  }

  @Test
  @DisplayName("E5: an Event tells of a task that has failed, once")
  void e5AnEventTellsOfAFailedTask() {
    // Given
    watch.seen(run(RUN, "Running"));
    // When
    watch.seen(pod(ended(RUN, 3)));
    watch.seen(pod(ended(RUN, 3)));
    // Then
    assertThat(recorded).extracting(KubernetesEvent::reason).contains("TaskFailed");
    assertThat(recorded).extracting(KubernetesEvent::key).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("E5: of runs that were over before nothing is told")
  void e5RunsThatWereOverBeforeAreNoNews() {
    // When
    watch.seen(run(RUN, "Succeeded"));
    // Then
    assertThat(recorded).isEmpty();
  }

  private static Pod unable(String reason) {
    return waiting(RUN)
        .edit()
        .editStatus()
        .addNewContainerStatus()
        .withName(Marks.MAIN)
        .withNewState()
        .withNewWaiting(null, reason)
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static UnaryOperator<Pod> told(String... moments) {
    return pod ->
        pod.edit()
            .editMetadata()
            .addToAnnotations(Marks.LIFECYCLE, Sample.watcher(List.of(moments)))
            .endMetadata()
            .build();
  }

  /** Its lifecyclewatcher tells of the start, the readiness and the success. */
  private static Pod probed(Pod pod, boolean ready) {
    return told("started", "ready", "success")
        .apply(pod)
        .edit()
        .editSpec()
        .addNewContainer()
        .withName(Marks.MAIN)
        .withNewReadinessProbe()
        .endReadinessProbe()
        .endContainer()
        .endSpec()
        .editStatus()
        .editContainerStatus(0)
        .withReady(ready)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Pod restarts(Pod pod, int times) {
    return pod.edit()
        .editStatus()
        .editContainerStatus(0)
        .withRestartCount(times)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Pod withTraces(Pod pod, List<Trace> traces) {
    return pod.edit()
        .editMetadata()
        .addToAnnotations(Marks.TRACES, Json.write(traces))
        .endMetadata()
        .build();
  }

  private List<String> ids() {
    return streamed().stream().map(CloudEvent::getId).toList();
  }

  private static String state(CloudEvent event) {
    return event.getData() == null
        ? ""
        : Json.read(new String(event.getData().toBytes(), StandardCharsets.UTF_8), JsonNode.class)
            .path("state")
            .asText();
  }

  private RunWatch restarted() {
    return new RunWatch(
        new Recorded(), new RecordedFinalizers(), traced::add, recorded::add, () -> Fixtures.NOW);
  }

  private List<CloudEvent> ofType(String prefix) {
    return published.stream().filter(event -> event.getType().startsWith(prefix)).toList();
  }

  private List<CloudEvent> streamed() {
    return ofType("life");
  }

  private final class Recorded implements Outlet {
    @Override
    public boolean offer(WatchedRun run, Message message) {
      if (!full) {
        published.add(message.signed(Fixtures.keys()));
      }
      return !full;
    }

    @Override
    public void close(String run) {
      closed.add(run);
    }
  }

  private final class RecordedFinalizers implements Finalizers {
    @Override
    public void release(TaskPod pod) {
      released.add(pod.name());
    }

    @Override
    public void releaseOrphan(TaskPod pod) {
      orphans.add(pod.name());
    }
  }
}
