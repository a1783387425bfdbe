package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a namespace may demand of pods, and what the functions may do in it. */
@ClusterTest
class NamespaceRulesTest {
  @TempDir Path folder;

  @Test
  void runsUnderTheRestrictedStandardWhenOutputComesFromTheApi() throws Exception {
    try (TestNamespace namespace = TestNamespace.enforcing("restricted", "restricted")) {
      // Given
      Deployed tiphys = new Deployed(namespace, "--logs=api");

      // When
      String run = tiphys.submitExample("restricted.yaml");

      // Then
      tiphys.succeeded(run);
      assertThat(namespace.tasks(run, "report")).hasSize(3);
    }
  }

  @Test
  void saysWhatToSetWhereTheNamespaceForbidsTheNodesLogs() throws Exception {
    try (TestNamespace namespace = TestNamespace.enforcing("restricted", "files")) {
      // Given
      Deployed tiphys = new Deployed(namespace);

      // When
      String run = tiphys.submitExample("restricted.yaml");

      // Then
      WorkflowRunStatus end = Objects.requireNonNull(tiphys.end(run).getStatus());
      assertThat(end.phase()).isEqualTo("Error");
      assertThat(end.message())
          .contains("--logs=api")
          .contains("pod-security.kubernetes.io/enforce");
    }
  }

  @Test
  void givesEachFunctionOfASplitDeploymentItsOwnRightsAlone() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("split")) {
      // Given
      Deployed tiphys = new Deployed(namespace, "--split");

      // When
      String run = tiphys.submitExample("coinflip-biased.yaml");

      // Then
      tiphys.succeeded(run);
      assertThat(can(namespace, "tiphys-start", "create")).isTrue();
      assertThat(can(namespace, "tiphys-start", "delete")).isFalse();
      assertThat(can(namespace, "tiphys-stop", "patch")).isTrue();
      assertThat(can(namespace, "tiphys-stop", "create")).isFalse();
    }
  }

  @Test
  void goesWhileARunIsActive() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("going")) {
      // Given
      Numbers.underWay(new Deployed(namespace), folder);

      // When
      namespace.client().namespaces().withName(namespace.name()).delete();

      // Then
      Wait.until(
          namespace.name() + " is gone",
          () -> namespace.client().namespaces().withName(namespace.name()).get() == null);
    }
  }

  /** As {@code kubectl auth can-i VERB pods --as ACCOUNT} has it. */
  private static boolean can(TestNamespace namespace, String account, String verb) {
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:" + namespace.name() + ":" + account)
            .withNewResourceAttributes()
            .withNamespace(namespace.name())
            .withVerb(verb)
            .withResource("pods")
            .endResourceAttributes()
            .endSpec()
            .build();
    return namespace
        .client()
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
