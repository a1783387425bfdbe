package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReviewBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the accounts of Tiphys may do, as the API server says it. */
@ClusterTest
class AccountRightsTest {
  @ParameterizedTest
  @ValueSource(strings = {"--logs=files", "--split", "--logs=api", "--pubsub=kubernetes"})
  @DisplayName("A6: no account of ours may get, list, watch or create any Secret but the root key")
  void noAccountMayReadOtherSecrets(String option) throws Exception {
    try (TestNamespace namespace = TestNamespace.create("rights")) {
      // Given
      apply(namespace, "install", "--crd-only");
      apply(
          namespace,
          "compile",
          option,
          "../examples/cleanup.yaml",
          "--namespace=" + namespace.name());

      // When
      List<String> accounts =
          namespace
              .client()
              .serviceAccounts()
              .inNamespace(namespace.name())
              .list()
              .getItems()
              .stream()
              .map(ServiceAccount::getMetadata)
              .map(metadata -> metadata.getName())
              .filter(name -> !name.equals("default"))
              .toList();

      // Then
      assertThat(accounts).isNotEmpty();
      for (String account : accounts) {
        assertThat(allowed(namespace, account)).as(account).isEmpty();
      }
    }
  }

  private static List<String> allowed(TestNamespace namespace, String account) {
    List<String> allowed = new ArrayList<>();
    for (String verb : List.of("get", "list", "watch", "create", "update", "patch", "delete")) {
      for (String name : List.of("", "another")) {
        if (may(namespace, account, verb, name)) {
          allowed.add(verb + " " + name);
        }
      }
    }
    for (String verb : List.of("list", "watch", "create", "patch", "delete")) {
      if (may(namespace, account, verb, "tiphys-root-key")) {
        allowed.add(verb + " tiphys-root-key");
      }
    }
    return allowed;
  }

  private static boolean may(TestNamespace namespace, String account, String verb, String name) {
    LocalSubjectAccessReview review =
        new LocalSubjectAccessReviewBuilder()
            .withNewMetadata()
            .withNamespace(namespace.name())
            .endMetadata()
            .withNewSpec()
            .withUser("system:serviceaccount:" + namespace.name() + ":" + account)
            .withNewResourceAttributes()
            .withNamespace(namespace.name())
            .withResource("secrets")
            .withVerb(verb)
            .withName(name)
            .endResourceAttributes()
            .endSpec()
            .build();
    return Boolean.TRUE.equals(
        namespace
            .client()
            .authorization()
            .v1()
            .localSubjectAccessReview()
            .inNamespace(namespace.name())
            .create(review)
            .getStatus()
            .getAllowed());
  }

  private static void apply(TestNamespace namespace, String... arguments) throws Exception {
    Command.Outcome printed = Cli.run(arguments);
    assertThat(printed.exitCode()).as(printed.output()).isZero();
    byte[] yaml = printed.output().getBytes(StandardCharsets.UTF_8);
    for (HasMetadata object : namespace.client().load(new ByteArrayInputStream(yaml)).items()) {
      namespace.client().resource(object).forceConflicts().serverSideApply();
    }
  }
}
