package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Trigger is there twice, so that each function gets every event twice, at the same moment.
 * The copies stay until the namespace goes: Knative (1.22) may leave the subscriber of a Trigger
 * that is deleted beside others in the channel, and each event then waits for what is not there.
 */
@ClusterTest
class DoubledEventsTest {
  private static final String COPY = "-again";

  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("doubled"));

  @Test
  void takesEachNumberOnce(@TempDir Path folder) throws Exception {
    // Given
    Path numbers = Numbers.file(folder, "0.2");
    TIPHYS.apply(numbers);
    doubleTriggers("numbers");

    // When
    String run = TIPHYS.submit(numbers);

    // Then
    Numbers.assertAllTaken(TIPHYS, run);
  }

  @Test
  void stopsAnEmitterForGood() throws Exception {
    // Given
    TIPHYS.apply(Path.of("../examples/coinflip.yaml"));
    doubleTriggers("coinflip-recursive");

    // When
    String run = TIPHYS.submitExample("coinflip.yaml");

    // Then
    assertThat(TIPHYS.succeeded(run).tasks()).contains("flip-coin 1 stopped");
    assertThat(TIPHYS.namespace().tasks(run, "flip-coin"))
        .singleElement()
        .satisfies((Pod pod) -> assertThat(pod.getStatus().getPhase()).isEqualTo("Failed"));
  }

  private static void doubleTriggers(String workflow) throws Exception {
    List<Trigger> all = triggers(workflow);
    assertThat(all).isNotEmpty();
    for (Trigger trigger : all) {
      TIPHYS
          .namespace()
          .client()
          .resource(
              new TriggerBuilder()
                  .withNewMetadata()
                  .withName(trigger.getMetadata().getName() + COPY)
                  .withNamespace(TIPHYS.namespace().name())
                  .endMetadata()
                  .withSpec(trigger.getSpec())
                  .build())
          .create();
    }
    Wait.until(
        "all Triggers of " + workflow + " are ready",
        () -> triggers(workflow).stream().allMatch(DoubledEventsTest::ready));
  }

  private static List<Trigger> triggers(String workflow) {
    return TIPHYS
        .namespace()
        .client()
        .resources(Trigger.class)
        .inNamespace(TIPHYS.namespace().name())
        .list()
        .getItems()
        .stream()
        .filter(trigger -> trigger.getMetadata().getName().startsWith(workflow + "-"))
        .toList();
  }

  private static boolean ready(Trigger trigger) {
    return trigger.getStatus() != null && KnativeSample.ready(trigger.getStatus().getConditions());
  }
}
