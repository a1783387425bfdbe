package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.Fixtures;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterEventRecorderTest {
  @Test
  @DisplayName("E5: an Event is of its run, in the run's namespace")
  void e5AnEventIsOfItsRun() {
    // When
    ObjectReference of = object("flip: ImagePullBackOff").getInvolvedObject();

    // Then
    assertThat(of.getKind()).isEqualTo("WorkflowRun");
    assertThat(of.getName()).isEqualTo("coinflip-1");
    assertThat(of.getUid()).isEqualTo("coinflip-1-uid");
    assertThat(of.getNamespace()).isEqualTo("games");
  }

  @Test
  @DisplayName("E5: what was recorded already has the same name")
  void e5WhatWasRecordedHasTheSameName() {
    assertThat(name("flip: ErrImagePull")).isEqualTo(name("flip: ErrImagePull"));
    assertThat(name("flip: ErrImagePull")).isNotEqualTo(name("flip: ImagePullBackOff"));
  }

  @Test
  @DisplayName("E5: a long message is cut to what an Event holds")
  void e5ALongMessageIsCut() {
    assertThat(object("x".repeat(5_000)).getMessage()).hasSize(1_024);
  }

  private static String name(String message) {
    return object(message).getMetadata().getName();
  }

  private static Event object(String message) {
    KubernetesEvent stalled =
        KubernetesEvent.of(
                Sample.run("coinflip-1", "Running"), Sample.stalled("coinflip-1", message))
            .findFirst()
            .orElseThrow();
    return ClusterEventRecorder.object(stalled, "games", Fixtures.NOW);
  }
}
