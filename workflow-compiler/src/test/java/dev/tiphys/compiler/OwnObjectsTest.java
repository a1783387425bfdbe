package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.triggers.plan.LogCapture;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A7: what is Tiphys's own is no task's. */
class OwnObjectsTest {
  private static final String HEAD =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: test-}
      spec:
        entrypoint: main
      """;

  @ParameterizedTest
  @DisplayName("A7: Tiphys's own accounts are refused to tasks")
  @ValueSource(
      strings = {
        "tiphys-functions",
        "tiphys-begin",
        "tiphys-start",
        "tiphys-stop",
        "tiphys-update",
        "tiphys-advance",
        "tiphys-watcher",
        "tiphys-sidecar",
        "coinflip-carrier"
      })
  void ownAccountsAreRefused(String account) {
    // Given
    String ofTemplate = task("serviceAccountName: " + account);
    String ofWorkflow = "  serviceAccountName: " + account + "\n" + task("volumes: []");
    // When
    List<Code> one = codes(ofTemplate);
    List<Code> all = codes(ofWorkflow);
    // Then
    assertThat(one).containsExactly(Code.RESERVED_NAME);
    assertThat(all).containsExactly(Code.RESERVED_NAME);
  }

  @ParameterizedTest
  @DisplayName("A7: no other way leads to what is Tiphys's own")
  @ValueSource(
      strings = {
        "volumes: [{name: v, secret: {secretName: tiphys-root-key}}]",
        "volumes: [{name: v, projected: {sources: [{secret: {name: tiphys-root-key}}]}}]",
        "volumes: [{name: v, csi: {driver: d, nodePublishSecretRef: {name: tiphys-root-key}}}]",
        "initContainers: [{name: i, image: a, envFrom: [{secretRef: {name: tiphys-root-key}}]}]",
        "sidecars: [{name: s, image: acme/s, parameters: {name: e}, env: [{name: X, valueFrom:"
            + " {secretKeyRef: {name: tiphys-root-key, key: '1'}}}]}]",
        "initContainers: [{name: i, image: a, env: [{name: X, valueFrom: {fieldRef: {fieldPath:"
            + " \"metadata.annotations['params.tiphys.dev/x']\"}}}]}]",
      })
  void noOtherWayLeadsThere(String fields) {
    assertThat(codes(task(fields))).containsExactly(Code.RESERVED_NAME);
  }

  @ParameterizedTest
  @DisplayName("A7: the deprecated name of the field is refused like any unknown field")
  @ValueSource(strings = {"serviceAccount: tiphys-functions"})
  void theAliasIsRefused(String fields) {
    assertThat(codes(task(fields))).containsExactly(Code.UNKNOWN_FIELD);
  }

  @ParameterizedTest
  @DisplayName("A7: accounts and Secrets of the user's own are taken")
  @ValueSource(
      strings = {
        "serviceAccountName: builder",
        "serviceAccountName: my-tiphys-functions",
        "volumes: [{name: v, secret: {secretName: database}}]",
        "volumes: [{name: v, configMap: {name: tiphys-settings}}]"
      })
  void othersAreTaken(String fields) {
    assertThat(codes(task(fields))).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A7: no task sees the token of the account under which its output is read")
  @ValueSource(
      strings = {
        "automountServiceAccountToken: true",
        "volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]"
      })
  void noTaskSeesTheTokenOfTheSidecars(String fields) {
    // Given
    String watched =
        task(
            "sidecars: [{name: s, image: stdoutwatcher, parameters: {name: e, stream: both}}], "
                + fields);
    String named = watched.replace("sidecars:", "serviceAccountName: mine, sidecars:");
    // When
    List<Code> ours = codes(watched, LogCapture.API);
    List<Code> theirs = codes(named, LogCapture.API);
    List<Code> byFiles = codes(watched, LogCapture.FILES);
    // Then
    assertThat(ours).containsExactly(Code.RESERVED_NAME);
    assertThat(theirs).isEmpty();
    assertThat(byFiles).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A6: a watch of Secrets is refused, however their kind is written")
  @ValueSource(strings = {"Secret", "SECRET", "SeCret", "Secrets", "SecretList"})
  void aWatchOfSecretsIsRefused(String kind) {
    // Given
    String watch =
        task(
            "inputs: [{name: x, valueFrom: {event: {metadata: {apiVersion: v1, kind: %s}, eventPolicy: delete}}}]"
                .formatted(kind));
    // When
    List<Code> codes = codes(watch);
    // Then
    assertThat(codes).contains(Code.UNSUPPORTED_VALUE);
  }

  private static String task(String fields) {
    return "  templates: [{name: main, container: {image: alpine}, " + fields + "}]\n";
  }

  private static List<Code> codes(String spec) {
    return codes(spec, LogCapture.FILES);
  }

  private static List<Code> codes(String spec, LogCapture capture) {
    return Compiler.compile("a.yaml", HEAD + spec, capture).diagnostics().stream()
        .map(Diagnostic::code)
        .toList();
  }
}
