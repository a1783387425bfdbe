package dev.tiphys.sidecars.watch;

import static dev.tiphys.sidecars.watch.Sample.ended;
import static dev.tiphys.sidecars.watch.Sample.finished;
import static dev.tiphys.sidecars.watch.Sample.pod;
import static dev.tiphys.sidecars.watch.Sample.run;
import static dev.tiphys.sidecars.watch.Sample.running;
import static dev.tiphys.sidecars.watch.Sample.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.contract.SigningKey;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Signature;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunWatchTest {
  private static final String RUN = "coinflip-1";
  private static final List<String> WHOLE_STREAM =
      List.of(
          "uid-1/watcher/lifecycle/1", "uid-1/watcher/lifecycle/2", "uid-1/watcher/lifecycle/end");

  private final List<CloudEvent> published = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final List<String> released = new ArrayList<>();
  private final List<String> orphans = new ArrayList<>();
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
    assertThat(Signature.verify(started, Fixtures.key())).isTrue();
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

  @Test
  void hasAPodStoppedThatWasCreatedForARunThatIsOver() {
    // Given
    watch.seen(run(RUN, "Failed"));
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

  private RunWatch restarted() {
    return new RunWatch(new Recorded(), new RecordedFinalizers(), () -> Fixtures.NOW);
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
        published.add(message.signed(SigningKey.of(Fixtures.key())));
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
