package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.tests.adversary.ScriptedAttacks;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a pod of another namespace can do, which holds no key and no right. */
@ClusterTest
class StrangerTest {
  private static final String STRANGER = "stranger";
  private static final Duration QUIET = Duration.ofSeconds(3);

  @RegisterExtension static final Deployed TIPHYS = Deployed.in(TestNamespace.create("victim"));

  private final TestNamespace namespace = TIPHYS.namespace();

  /** One parameter comes to code, the other to a variable. */
  private static final String GREET =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {name: greet}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: who, value: you}, {name: goods, value: cake}]}
        templates:
          - name: main
            steps: [[{name: hello, template: hello, arguments: {parameters: [{name: goods, value: "{{workflow.parameters.goods}}"}]}}]]
          - name: hello
            inputs: {parameters: [{name: goods}]}
            script: {image: "alpine:3.6", command: [sh], source: "echo hello {{workflow.parameters.who}} $TIPHYS_PARAM_GOODS"}
      """;

  /** Prints the status that each post gets. */
  private static final String POSTS =
      """
      post() {
        wget -q -S -O - --post-data "$2" --header 'ce-specversion: 1.0' --header "ce-id: $3" \
          --header 'ce-source: /stranger' --header 'ce-type: dev.tiphys.run.begin' \
          --header 'content-type: application/json' "$1" 2>&1 | grep -o 'HTTP/1.1 [0-9]*' | tail -1
      }
      post BROKER '{"parameters": {"who": "mArK; id"}}' a
      post FUNCTIONS/begin/PLAN '{"parameters": {"who": "mArK; id"}}' b
      post FUNCTIONS/begin/greet-0000000000 '{}' c
      post FUNCTIONS/begin/PLAN '["who"]' d
      post BROKER '{"parameters": {"goods": "bread; id"}}' e
      """;

  @Test
  @DisplayName("A1: a pod of another namespace sets no parameter that comes to code")
  void a1AStrangerSetsNoParameterThatComesToCode(@TempDir Path folder) throws Exception {
    try (TestNamespace outside = TestNamespace.create("outside")) {
      // Given
      Path file = Files.writeString(folder.resolve("greet.yaml"), GREET);
      String mine = TIPHYS.submit(file, "-p", "who=me; echo by right");
      TIPHYS.succeeded(mine);

      // When
      List<String> answers =
          said(
              outside,
              POSTS
                  .replace("BROKER", broker("greet"))
                  .replace("FUNCTIONS", functions())
                  .replace("PLAN", plan("greet")));

      // Then
      assertThat(answers)
          .containsExactly(
              "HTTP/1.1 202", "HTTP/1.1 403", "HTTP/1.1 422", "HTTP/1.1 422", "HTTP/1.1 202");
      Wait.until("the run that may begin", () -> runs("greet").size() == 2);
      WorkflowRun theirs =
          runs("greet").stream()
              .filter(run -> run.getSpec().cause() != null)
              .findFirst()
              .orElseThrow();
      String name = theirs.getMetadata().getName();
      TIPHYS.succeeded(name);
      assertThat(theirs.getSpec().parameters()).containsEntry("who", "you");
      assertThat(Objects.requireNonNull(theirs.getSpec().cause()).parameters())
          .containsExactly("goods");
      assertThat(namespace.log(namespace.tasks(name).getFirst()))
          .isEqualTo("hello you bread; id\n");
      assertThat(namespace.log(namespace.tasks(mine).getFirst())).startsWith("hello me\nby right");
      assertThat(functionLogs()).contains("an event may not begin a run of greet", "`who`");
    }
  }

  @Test
  @DisplayName("A: forged events change no object")
  void forgedEventsChangeNoObject(@TempDir Path folder) throws Exception {
    try (TestNamespace outside = TestNamespace.create("forger")) {
      // Given
      Path file = Files.writeString(folder.resolve("victim.yaml"), ScriptedAttacks.WORKFLOW);
      String run = TIPHYS.submit(file);
      Wait.until(
          "its tasks run", () -> TIPHYS.running(run, "speak") && TIPHYS.running(run, "serve"));
      SortedMap<String, String> before = quiet();
      Plan plan = Plan.fromJson(planObject(namespace.run(run).getSpec().plan()).getSpec().plan());

      // When
      String script = new ScriptedAttacks(plan, run).against(broker(plan.workflow()), functions());
      List<String> answers = said(outside, script);

      // Then
      assertThat(answers).isNotEmpty();
      assertThat(quiet()).isEqualTo(before);
    }
  }

  /** What there is, once it does not change any more. */
  private SortedMap<String, String> quiet() throws InterruptedException {
    SortedMap<String, String> before = objects();
    SortedMap<String, String> now = before;
    do {
      before = now;
      Thread.sleep(QUIET);
      now = objects();
    } while (!now.equals(before));
    return now;
  }

  private SortedMap<String, String> objects() {
    KubernetesClient client = namespace.client();
    List<HasMetadata> all = new ArrayList<>();
    // what belongs to the functions' own coming and going is Knative's
    all.addAll(
        client.pods().inNamespace(namespace.name()).withLabel("tiphys.dev/run").list().getItems());
    all.addAll(client.resources(WorkflowRun.class).inNamespace(namespace.name()).list().getItems());
    all.addAll(
        client.resources(PlanResource.class).inNamespace(namespace.name()).list().getItems());
    all.addAll(client.resources(Secret.class).inNamespace(namespace.name()).list().getItems());
    all.addAll(client.resources(ConfigMap.class).inNamespace(namespace.name()).list().getItems());
    SortedMap<String, String> versions = new TreeMap<>();
    all.forEach(
        object ->
            versions.put(
                object.getKind() + " " + object.getMetadata().getName(),
                object.getMetadata().getResourceVersion()));
    return versions;
  }

  private List<WorkflowRun> runs(String workflow) {
    return namespace.runs().stream()
        .filter(run -> run.getSpec().workflow().equals(workflow))
        .toList();
  }

  private String plan(String workflow) {
    return runs(workflow).getFirst().getSpec().plan();
  }

  private PlanResource planObject(String id) {
    return namespace
        .client()
        .resources(PlanResource.class)
        .inNamespace(namespace.name())
        .withName(id)
        .require();
  }

  private String broker(String workflow) {
    return Objects.requireNonNull(runs(workflow).getFirst().getStatus().sink());
  }

  private String functions() {
    return "http://tiphys-functions." + namespace.name() + ".svc.cluster.local";
  }

  private String functionLogs() {
    StringBuilder logs = new StringBuilder();
    for (Pod pod : namespace.functionPods()) {
      logs.append(
          namespace
              .client()
              .pods()
              .inNamespace(namespace.name())
              .withName(pod.getMetadata().getName())
              .inContainer("functions")
              .getLog());
    }
    return logs.toString();
  }

  /** Runs the script in a pod there, and gives the lines that it prints. */
  private static List<String> said(TestNamespace there, String script) throws Exception {
    KubernetesClient client = there.client();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(STRANGER)
                .withNamespace(there.name())
                .endMetadata()
                .addToData("posts", script)
                .build())
        .create();
    client.resource(stranger(there.name())).create();
    Wait.until(
        "the stranger has posted",
        Wait.LONG,
        () ->
            "Succeeded"
                .equals(
                    client
                        .pods()
                        .inNamespace(there.name())
                        .withName(STRANGER)
                        .get()
                        .getStatus()
                        .getPhase()),
        () -> "");
    return client.pods().inNamespace(there.name()).withName(STRANGER).getLog().lines().toList();
  }

  private static Pod stranger(String namespace) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(STRANGER)
        .withNamespace(namespace)
        .withLabels(Map.of("app", STRANGER))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName("main")
        .withImage("alpine:3.6")
        .withCommand("sh", "/stranger/posts")
        .addNewVolumeMount()
        .withName("posts")
        .withMountPath("/stranger")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("posts")
        .withNewConfigMap()
        .withName(STRANGER)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }
}
