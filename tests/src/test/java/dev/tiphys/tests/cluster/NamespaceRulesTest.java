package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a namespace may demand of pods, and what the functions may do in it. */
@ClusterTest
class NamespaceRulesTest {
  /** A task that keeps to the strictest Pod Security Standard by itself. */
  private static final String RESTRICTED =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: modest-}
      spec:
        entrypoint: main
        securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
        templates:
          - name: main
            steps:
              - - {name: say, template: say}
              - - {name: hear, template: hear}
          - name: say
            container:
              image: alpine:3.6
              command: [echo, hello]
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            sidecars:
              - name: lines
                image: tiphys/stdoutwatcher
                parameters: {name: line, stream: both}
          - name: hear
            inputs:
              parameters:
                - name: line
                  valueFrom:
                    event: {metadata: {name: line}, objectField: content, eventPolicy: create}
            container:
              image: alpine:3.6
              command: [echo, "{{inputs.parameters.line}}"]
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  @TempDir Path folder;

  @Test
  void runsUnderTheRestrictedStandardWhenOutputComesFromTheApi() throws Exception {
    try (TestNamespace namespace = TestNamespace.enforcing("restricted", "restricted")) {
      // Given
      Deployed tiphys = new Deployed(namespace, "--logs=api");

      // When
      String run = tiphys.submit(file());

      // Then
      tiphys.succeeded(run);
      assertThat(namespace.tasks(run, "hear")).hasSize(1);
    }
  }

  @Test
  void saysWhatToSetWhereTheNamespaceForbidsTheNodesLogs() throws Exception {
    try (TestNamespace namespace = TestNamespace.enforcing("restricted", "files")) {
      // Given
      Deployed tiphys = new Deployed(namespace);

      // When
      String run = tiphys.submit(file());

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

  private Path file() throws Exception {
    return Files.writeString(folder.resolve("modest.yaml"), RESTRICTED);
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
