package dev.tiphys.functions.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What pods say, as API servers and kubelets write them. */
class ObservedPodTest {
  private static final Instance.Identity IDENTITY =
      new Instance.Identity("flip-1", "coinflip", "run-1", "main/0.flip", "flip", null, 0);

  /** That of the functions: it skips what nobody looks at. */
  private static final KubernetesSerialization READING = SparseReading.serialization();

  private static final String RAN = "startedAt: '2026-01-01T00:00:01Z'";

  /** A pod and what it means. */
  record Case(String what, Pod pod, State state, boolean started, boolean cutOff, String message) {
    @Override
    public String toString() {
      return what;
    }
  }

  static final List<Case> CASES =
      List.of(
          waiting("was just created", pod("status: {phase: Pending}"), State.PENDING, ""),
          waiting("waits at its gate", gated(), State.GATED, ""),
          waiting(
              "finds no node",
              pod(
                  """
                  status:
                    phase: Pending
                    conditions:
                      - {type: PodScheduled, status: "False", reason: Unschedulable, message: no CPU}
                  """),
              State.PENDING,
              "Unschedulable: no CPU"),
          waiting(
              "cannot get its image",
              pod(
                  """
                  status:
                    phase: Pending
                    containerStatuses:
                      - name: main
                        image: x:1
                        state: {waiting: {reason: ImagePullBackOff, message: not found}}
                  """),
              State.PENDING,
              "ImagePullBackOff x:1: not found"),
          waiting(
              "names an image that cannot be one",
              pod(
                  """
                  status:
                    phase: Pending
                    containerStatuses:
                      - {name: main, image: "X:", state: {waiting: {reason: InvalidImageName}}}
                  """),
              State.PENDING,
              "InvalidImageName X:"),
          waiting(
              "lacks a key of a ConfigMap",
              pod(
                  main(
                      "waiting: {reason: CreateContainerConfigError, message: no key a}",
                      "Pending")),
              State.PENDING,
              "CreateContainerConfigError: no key a"),
          waiting(
              "cannot get its sidecar's image",
              pod(
                  """
                  status:
                    phase: Pending
                    initContainerStatuses:
                      - name: watch
                        state: {waiting: {reason: ErrImageNeverPull}}
                    containerStatuses:
                      - name: main
                        state: {waiting: {reason: PodInitializing}}
                  """),
              State.PENDING,
              "watch: ErrImageNeverPull"),
          waiting(
              "has a sidecar that the kubelet has just started again",
              pod(
                  """
                  status:
                    phase: Pending
                    initContainerStatuses:
                      - name: watch
                        started: false
                        state: {running: {}}
                        lastState: {terminated: {exitCode: 3, reason: Error}}
                    containerStatuses:
                      - name: main
                        state: {waiting: {reason: PodInitializing}}
                  """),
              State.PENDING,
              "watch: exit code 3"),
          ran("runs", pod(main("running: {" + RAN + "}", "Running")), State.RUNNING, ""),
          ran(
              "was asked to stop and still runs",
              stopped(pod(main("running: {" + RAN + "}", "Running"))),
              State.RUNNING,
              ""),
          ran(
              "has done its work, and its sidecar still publishes",
              pod(
                  main(
                      "terminated: {exitCode: 0, reason: Completed, %s}".formatted(RAN),
                      "Running")),
              State.SUCCEEDED,
              ""),
          ran(
              "has failed",
              pod(main("terminated: {exitCode: 1, reason: Error, %s}".formatted(RAN), "Failed")),
              State.FAILED,
              "exit code 1"),
          ran(
              "was too big",
              pod(
                  main(
                      "terminated: {exitCode: 137, reason: OOMKilled, %s}".formatted(RAN),
                      "Failed")),
              State.FAILED,
              "exit code 137 (OOMKilled)"),
          ran(
              "has left a message",
              pod(
                  main(
                      "terminated: {exitCode: 2, reason: Error, message: \"no\\ncoin\\n\", %s}"
                          .formatted(RAN),
                      "Failed")),
              State.FAILED,
              "exit code 2: no coin"),
          ran(
              "was stopped",
              stopped(
                  pod(
                      main(
                          "terminated: {exitCode: 143, reason: Error, %s}".formatted(RAN),
                          "Failed"))),
              State.STOPPED,
              "enough"),
          waiting("was stopped at its gate", stopped(gated()), State.STOPPED, "enough"),
          waiting(
              "was asked to stop, and its node may just begin it",
              stopped(pod("spec: {nodeName: n}\nstatus: {phase: Pending}")),
              State.PENDING,
              ""),
          waiting(
              "could not be launched",
              pod(
                  main(
                      "terminated: {exitCode: 128, reason: StartError, message: no such file,"
                          + " startedAt: '1970-01-01T00:00:00Z'}",
                      "Failed")),
              State.FAILED,
              "exit code 128 (StartError): no such file"),
          waiting(
              "was evicted before it ran",
              pod("status: {phase: Failed, reason: Evicted, message: no disk}"),
              State.FAILED,
              "Evicted: no disk: it never ran"),
          waiting(
              "failed in an init container",
              pod(
                  """
                  status:
                    phase: Failed
                    initContainerStatuses:
                      - {name: fetch, state: {terminated: {exitCode: 6, reason: Error}}}
                  """),
              State.FAILED,
              "init container fetch: exit code 6"),
          waiting(
              "was deleted before a node had it",
              deleted(pod("status: {phase: Pending}"), 0),
              State.FAILED,
              "its pod was deleted by somebody else: it never ran"),
          ran(
              "is being deleted and still runs",
              deleted(pod(main("running: {" + RAN + "}", "Running")), 30),
              State.RUNNING,
              ""),
          ran(
              "was deleted while it ran",
              deleted(
                  pod(
                      main(
                          "terminated: {exitCode: 137, reason: Error, %s}".formatted(RAN),
                          "Failed")),
                  0),
              State.FAILED,
              "its pod was deleted by somebody else: exit code 137"),
          ran(
              "was deleted by force from a node that is gone",
              deleted(pod(main("running: {" + RAN + "}", "Running")), 0),
              State.FAILED,
              "its pod was deleted by somebody else: nobody saw it end"),
          ran(
              "B8: was deleted, and took SIGTERM well",
              deleted(pod(wellAt("2026-01-01T00:00:31Z")), 30),
              State.FAILED,
              "its pod was deleted by somebody else: exit code 0"),
          ran(
              "B8: was deleted, took SIGTERM well, and is waited for by our finalizer alone",
              deleted(pod(wellAt("2026-01-01T00:01:00Z")), 0),
              State.FAILED,
              "its pod was deleted by somebody else: exit code 0"),
          ran(
              "B8: was deleted, took SIGTERM well, and the API server has forgotten when",
              leaving(deleted(pod(wellAt("2026-01-01T00:00:31Z")), 0)),
              State.FAILED,
              "its pod was deleted by somebody else: exit code 0"),
          ran(
              "B8: has a sidecar that was told of an end that is none of ours",
              watched("terminated: {exitCode: 3}"),
              State.FAILED,
              "its pod was deleted by somebody else: exit code 0"),
          ran(
              "had done its work when it was deleted",
              deleted(pod(wellAt("2026-01-01T00:00:20Z")), 30),
              State.SUCCEEDED,
              ""),
          ran(
              "was stopped and then deleted",
              stopped(deleted(pod(wellAt("2026-01-01T00:00:31Z")), 30)),
              State.STOPPED,
              "enough"),
          ran(
              "B8: was evicted, and took SIGTERM well",
              deleted(
                  pod(
                      wellAt("2026-01-01T00:00:31Z")
                          + disrupted("EvictionByEvictionAPI", "Eviction API: evicting")),
                  30),
              State.FAILED,
              "evicted: Eviction API: evicting: exit code 0"),
          ran(
              "B8: was preempted",
              deleted(
                  pod(
                      wellAt("2026-01-01T00:00:31Z")
                          + disrupted("PreemptionByScheduler", "default-scheduler: preempting")),
                  30),
              State.FAILED,
              "preempted: default-scheduler: preempting: exit code 0"),
          ran(
              "B8: was ended by its node, and took SIGTERM well",
              pod(
                  wellAt("2026-01-01T00:00:31Z").replace("Running", "Failed")
                      + "\n  reason: Evicted\n  message: no memory"
                      + disrupted("TerminationByKubelet", "no memory")),
              State.FAILED,
              "Evicted: no memory: exit code 0"),
          ran(
              "had done its work when its node ended what still published",
              pod(
                  wellAt("2026-01-01T00:00:20Z").replace("Running", "Failed")
                      + "\n  reason: Evicted\n  message: no memory"
                      + disrupted("TerminationByKubelet", "no memory")),
              State.SUCCEEDED,
              ""),
          ran(
              "B8: took the end of its time well",
              pod(
                  "spec: {activeDeadlineSeconds: 29}\n"
                      + wellAt("2026-01-01T00:00:30Z").replace("Running", "Failed")
                      + "\n  reason: DeadlineExceeded\n  startTime: '2026-01-01T00:00:00Z'"),
              State.FAILED,
              "DeadlineExceeded: exit code 0"),
          ran("has published all", watched("terminated: {exitCode: 0}"), State.SUCCEEDED, ""),
          cutOff("lost its sidecar", watched("terminated: {exitCode: 137}")),
          cutOff("gave up on its sidecar", watched("waiting: {reason: CrashLoopBackOff}")),
          cutOff("lost its sidecar with its node", watched("running: {}")));

  private static Case waiting(String what, Pod pod, State state, String message) {
    return new Case(what, pod, state, false, false, message);
  }

  private static Case ran(String what, Pod pod, State state, String message) {
    return new Case(what, pod, state, true, false, message);
  }

  private static Case cutOff(String what, Pod pod) {
    return new Case(what, pod, State.SUCCEEDED, true, true, "");
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void aPodMeansAnInstance(Case given) {
    assertThat(ObservedPod.of(given.pod()))
        .contains(
            new Instance(
                IDENTITY,
                given.state(),
                given.started(),
                given.cutOff(),
                given.message(),
                Instant.parse("2026-01-01T00:00:00Z")));
  }

  static final List<Pod> FOREIGN =
      List.of(
          new Pod(),
          new PodBuilder().withNewMetadata().withName("flip-1").endMetadata().build(),
          edited("flip-2", Json.write(IDENTITY)),
          edited("flip-1", "{"),
          edited("flip-1", "null"),
          edited("flip-1", "{}"),
          edited("flip-1", Json.write(IDENTITY).replace("\"epoch\"", "\"cause\":{},\"epoch\"")));

  @ParameterizedTest
  @FieldSource("FOREIGN")
  void aPodThatIsNoneOfOursIsNoInstance(Pod pod) {
    assertThat(ObservedPod.of(pod)).isEmpty();
  }

  @Test
  void aMessageIsOneLineOfBoundedLength() {
    // Given
    Pod pod =
        pod(
            "status: {phase: Failed, reason: Evicted, message: '%s'}"
                .formatted("long ".repeat(500)));

    // When
    String message = ObservedPod.of(pod).orElseThrow().message();

    // Then
    assertThat(message).hasSize(500).endsWith("…");
  }

  private static Pod edited(String name, String identity) {
    return new PodBuilder(pod(""))
        .editMetadata()
        .withName(name)
        .addToAnnotations(Marks.INSTANCE, identity)
        .endMetadata()
        .build();
  }

  private static Pod pod(String specAndStatus) {
    return new PodBuilder(READING.unmarshal("kind: Pod\n" + specAndStatus, Pod.class))
        .withNewMetadata()
        .withName(IDENTITY.name())
        .addToLabels(Marks.RUN, IDENTITY.run())
        .addToAnnotations(Marks.INSTANCE, Json.write(IDENTITY))
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .build();
  }

  private static Pod gated() {
    return pod(
        "spec: {schedulingGates: [{name: %s}]}\nstatus: {phase: Pending}".formatted(Marks.GATE));
  }

  /** A pod whose main ended then, with exit code 0. */
  private static String wellAt(String finishedAt) {
    return """
    status:
      phase: Running
      containerStatuses:
        - name: main
          state: {terminated: {exitCode: 0, reason: Completed, %s, finishedAt: '%s'}}\
    """
        .formatted(RAN, finishedAt);
  }

  private static String disrupted(String reason, String message) {
    return """

      conditions:
        - type: DisruptionTarget
          status: "True"
          reason: %s
          message: "%s"
          lastTransitionTime: '2026-01-01T00:00:30Z'
    """
        .formatted(reason, message);
  }

  private static Pod stopped(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .addToAnnotations(Marks.STOPPED, "enough")
        .endMetadata()
        .build();
  }

  private static Pod deleted(Pod pod, long grace) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp("2026-01-01T00:01:00Z")
        .withDeletionGracePeriodSeconds(grace)
        .endMetadata()
        .build();
  }

  /** As the watcher has seen it in time. */
  private static Pod leaving(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .addToAnnotations(Marks.LEAVING, "2026-01-01T00:00:30Z")
        .endMetadata()
        .build();
  }

  private static String main(String state, String phase) {
    return "status: {phase: %s, containerStatuses: [{name: main, state: {%s}}]}"
        .formatted(phase, state);
  }

  /** A pod whose main has succeeded, with a stdoutwatcher in that state. */
  private static Pod watched(String sidecar) {
    return pod(
        """
        spec:
          initContainers:
            - {name: fetch}
            - name: watch
              restartPolicy: Always
              volumeMounts: [{name: tiphys-state-0}, {name: tiphys-stopped}]
        status:
          phase: Succeeded
          initContainerStatuses:
            - {name: watch, state: {%s}}
          containerStatuses:
            - {name: main, state: {terminated: {exitCode: 0, %s}}}
        """
            .formatted(sidecar, RAN));
  }
}
