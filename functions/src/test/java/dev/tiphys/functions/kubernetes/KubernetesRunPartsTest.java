package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.PlanBuilder;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.RunParts.Part;
import dev.tiphys.triggers.plan.Plan;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class KubernetesRunPartsTest {
  private static final Plan PLAN = PlanBuilder.coinflip();

  private static ClusterNamespace namespace;
  private KubernetesCluster cluster;
  private RunParts parts;

  @BeforeAll
  static void prepare() {
    namespace = new ClusterNamespace(Map.of());
    namespace.deploy(PLAN, "files");
  }

  @AfterAll
  static void cleanUp() {
    namespace.close();
  }

  @BeforeEach
  void open() {
    cluster = namespace.open();
    parts = cluster.parts();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void begun(String run) {
    cluster.runs().create(ClusterNamespace.run(PLAN, run));
  }

  @Test
  void keepsAsMuchAsAPartMayHold() {
    // Given
    begun("large");
    String data = "x".repeat(RunParts.CHARACTERS_MAX);
    // When
    parts.write(Part.create("large", "outside", 0).withData(data));
    // Then
    assertThat(parts.find("large", "outside", 0).map(Part::data)).hasValue(data);
    assertThat(parts.find("large", "outside", 1)).isEmpty();
  }

  @Test
  void isWrittenByOneOfTwoWhoHaveReadTheSame() {
    // Given
    begun("raced");
    Part read = parts.write(Part.create("raced", "outside", 0)).orElseThrow();
    // When
    Optional<Part> first = parts.write(read.withData("first"));
    Optional<Part> second = parts.write(read.withData("second"));
    Optional<Part> again = parts.write(Part.create("raced", "outside", 0));
    // Then
    assertThat(first.map(Part::data)).hasValue("first");
    assertThat(second).isEmpty();
    assertThat(again).isEmpty();
    assertThat(parts.find("raced", "outside", 0)).isEqualTo(first);
  }

  @Test
  void goesWithItsRun() throws Exception {
    // Given
    begun("gone");
    parts.write(Part.create("gone", "outside", 0).withData("x"));
    // When
    namespace
        .client
        .resources(WorkflowRun.class)
        .inNamespace(namespace.name)
        .withName("gone")
        .delete();
    // Then
    ClusterNamespace.eventually(
        () ->
            namespace
                .client
                .resources(RunPart.class)
                .inNamespace(namespace.name)
                .list()
                .getItems()
                .stream()
                .noneMatch(part -> part.getMetadata().getName().startsWith("gone.")));
  }
}
