package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiCallTest {
  @Test
  void givesWhatTheServerGave() {
    assertThat(ApiCall.of("it", () -> "value")).isEqualTo(new Answer.Done<>("value"));
    assertThat(ApiCall.<String>of("it", () -> null)).isEqualTo(new Answer.Absent<>());
  }

  @Test
  void tellsApartWhatCallersHaveToTellApart() {
    assertThat(answer(404, "NotFound", "")).isEqualTo(new Answer.Absent<>());
    assertThat(answer(409, "AlreadyExists", "")).isEqualTo(new Answer.Exists<>());
    assertThat(answer(409, "Conflict", "")).isEqualTo(new Answer.Stale<>());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 401, 408, 410, 429, 500, 502, 503, 504})
  void triesAgainLaterWhatTheServerCannotDoNow(int code) {
    assertThatThrownBy(() -> answer(code, "", "not now")).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 'admission webhook \"w\" denied the request: no'",
    "403, 'pods \"p\" is forbidden: error looking up service account n/s: not found'",
    "413, 'Request entity too large: limit is 3145728'",
    "422, 'Pod \"p\" is invalid: spec.containers[0].image: Required value'",
    "500, 'etcdserver: request is too large'"
  })
  void refusesWhatTheServerWillNeverDo(int code, String message) {
    assertThatThrownBy(() -> answer(code, "", message))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pods \"p\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1",
        "pods is forbidden: User \"u\" cannot create resource \"pods\" in API group \"\"",
        "pods \"p\" is forbidden: unable to create new content in namespace n because it is being"
            + " terminated"
      })
  void waitsForWhatTheClustersOwnersCanPutRight(String message) {
    assertThatThrownBy(() -> answer(403, "Forbidden", message))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatToSetWherePodSecurityForbidsThePod() {
    String hostPath = "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": hostPath";
    String root = "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": root";

    assertThatThrownBy(() -> answer(403, "Forbidden", hostPath))
        .hasMessageContaining("--logs=api")
        .hasMessageContaining("pod-security.kubernetes.io/enforce=privileged");
    assertThatThrownBy(() -> answer(403, "Forbidden", root))
        .hasMessageContaining("pod-security.kubernetes.io/enforce=privileged")
        .hasMessageNotContaining("--logs=api");
  }

  @Test
  @DisplayName("E8: the refusal names the example of a workflow that the namespace would take")
  void e8TheRefusalNamesTheExampleOfWhatWouldBeTaken() {
    // Given
    String both =
        "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": runAsNonRoot != true"
            + " (container \"main\" must set securityContext.runAsNonRoot=true), restricted volume"
            + " types (volume \"logs\" uses restricted volume type \"hostPath\")";

    // Then
    assertThatThrownBy(() -> answer(403, "Forbidden", both))
        .hasMessageContaining("--logs=api")
        .hasMessageContaining("examples/restricted.yaml");
  }

  @Test
  void namesTheCauseWhereThereWasNoAnswer() {
    assertThatThrownBy(
            () ->
                ApiCall.of(
                    "run r",
                    () -> {
                      throw new KubernetesClientException(
                          "An error has occurred.",
                          new IOException(new ConnectException("refused")));
                    }))
        .isInstanceOf(Unavailable.class)
        .hasMessage("run r: java.net.ConnectException: refused");
  }

  private static Answer<String> answer(int code, String reason, String message) {
    return ApiCall.of(
        "it",
        () -> {
          throw new KubernetesClientException(
              new StatusBuilder().withCode(code).withReason(reason).withMessage(message).build());
        });
  }
}
