package dev.tiphys.images.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.kubernetes.KubernetesCluster;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.pod.PodSettings;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Each of many events from outside has a pod of its own, which ends and goes, over an API server
 * that keeps objects. {@code -Doutside.events=100000} for what is promised.
 */
class OutsideStartsTest {
  private static final int EVENTS = Integer.getInteger("outside.events", 300);

  /** Pods that are there at once. */
  private static final int TOGETHER = 100;

  /** How many events come again. */
  private static final int AGAIN = 100;

  private static final int OBJECT_CHARACTERS_MAX = 400_000;
  private static final String TAKE = "take";
  private static final EventFilter ORDER = new EventFilter("training.order", new TreeMap<>(), true);
  private static final EventFilter CLOSING = new EventFilter("closing", new TreeMap<>(), true);

  @Test
  @DisplayName("B2: of thousands of events from outside each starts one pod, and none a second")
  void eachEventStartsOnePod() throws Exception {
    // Given
    Plan plan = plan();
    try (ApiServer api = ApiServer.start()) {
      api.deploy(plan);
      try (KubernetesCluster ports =
          KubernetesCluster.open(
              api.client(),
              ApiServer.NAMESPACE,
              new PodSettings("sidecars"),
              InstantSource.system())) {
        Functions functions = new Functions(reactions(ports), plan);
        String run = functions.begin();

        // When
        for (int n = 1; n <= EVENTS; n++) {
          functions.deliver(Reaction.START, Orders.order(n));
          if (n % TOGETHER == 0 || n == EVENTS) {
            succeed(api.client(), run);
            functions.advance(run);
            api.forgetRequests();
          }
        }
        for (int n = 1; n <= Math.min(AGAIN, EVENTS); n++) {
          functions.deliver(Reaction.START, Orders.order(n));
        }

        // Then
        WorkflowRun object = api.client().resources(WorkflowRun.class).withName(run).require();
        assertThat(
                Objects.requireNonNull(object.getStatus().fates()).counts().get("start main/take"))
            .containsOnlyKeys(Fate.STARTED)
            .containsEntry(Fate.STARTED, EVENTS);
        assertThat(pods(api.client(), run))
            .hasSizeLessThan(2 * TOGETHER)
            .allMatch(pod -> pod.getStatus().getPhase().equals("Succeeded"));
        assertThat(Json.write(object).length()).isLessThan(OBJECT_CHARACTERS_MAX);
      }
    }
  }

  private static List<Pod> pods(KubernetesClient client, String run) {
    return client.pods().withLabels(Map.of(Marks.RUN, run, Marks.TASK, TAKE)).list().getItems();
  }

  private static void succeed(KubernetesClient client, String run) {
    pods(client, run).stream()
        .filter(pod -> !pod.getStatus().getPhase().equals("Succeeded"))
        .forEach(pod -> client.resource(succeeded(pod)).updateStatus());
  }

  private static Pod succeeded(Pod pod) {
    return new PodBuilder(pod)
        .editStatus()
        .withPhase("Succeeded")
        .addNewContainerStatus()
        .withName(Marks.MAIN)
        .withNewState()
        .withNewTerminated()
        .withExitCode(0)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Reactions reactions(KubernetesCluster ports) {
    return new Reactions(
        ports.plans(),
        ports.runs(),
        ports.parts(),
        ports.instances(),
        ports.keys(),
        InstantSource.system());
  }

  private static Plan plan() {
    TreeMap<String, Template> templates = new TreeMap<>();
    templates.put(
        "main",
        new StepsTemplate(
            "main",
            List.of(),
            List.of(List.of(CoinFlip.step("till", null), CoinFlip.step(TAKE, null)))));
    templates.put("till", task("till", CoinFlip.input("closing", CLOSING, EventPolicy.DELETE)));
    templates.put(TAKE, task(TAKE, CoinFlip.input("order", ORDER, EventPolicy.CREATE)));
    List<Rule> rules = List.of(new Rule.Start(ORDER, "main", TAKE), new Rule.Stop(CLOSING, "till"));
    return new Plan("shop", "shop-", "main", List.of(), null, templates, rules);
  }

  private static TaskTemplate task(String name, Input input) {
    Work work =
        new Work.Container(
            "busybox:1.37", List.of(Text.literal("true")), List.of(), new TreeMap<>());
    return new TaskTemplate(name, List.of(input), work, List.of(), null, ConcurrencyPolicy.ALLOW);
  }

  /** What a Trigger delivers to. */
  private record Functions(Reactions reactions, Plan plan) {
    Response deliver(Reaction reaction, CloudEvent event) throws IOException {
      Response response =
          reactions
              .subscriber(reaction)
              .deliver(
                  CloudEventBuilder.from(event).withExtension(Attributes.PLAN, plan.id()).build());
      assertThat(response.success()).as(String.valueOf(response.problem())).isTrue();
      return response;
    }

    String begin() throws IOException {
      CloudEvent begun = Objects.requireNonNull(deliver(Reaction.BEGIN, CoinFlip.begin(1)).reply());
      deliver(Reaction.ADVANCE, begun);
      return String.valueOf(begun.getExtension(Attributes.RUN));
    }

    void advance(String run) throws IOException {
      deliver(
          Reaction.ADVANCE,
          CloudEventBuilder.v1()
              .withId("changed")
              .withSource(URI.create("/training"))
              .withType(EventTypes.RUN_CHANGED)
              .withExtension(Attributes.RUN, run)
              .build());
    }
  }
}
