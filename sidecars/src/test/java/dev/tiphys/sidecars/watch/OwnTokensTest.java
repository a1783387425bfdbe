package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OwnTokensTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
  private final List<TokenRequest> requests = new ArrayList<>();
  private final OwnTokens tokens = new OwnTokens(this::answer, "broker-1", now::get);

  @Test
  void asksForATokenForThatBrokerAlone() throws IOException {
    // When
    String token = tokens.now();
    // Then
    assertThat(token).isEqualTo("token-1");
    assertThat(requests.getFirst().getSpec().getAudiences()).containsExactly("broker-1");
  }

  @Test
  void keepsATokenWhileItHoldsLongEnough() throws IOException {
    // Given
    tokens.now();
    // When
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(49)));
    // Then
    assertThat(tokens.now()).isEqualTo("token-1");
  }

  @Test
  void renewsATokenBeforeItExpires() throws IOException {
    // Given
    tokens.now();
    // When
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(50)));
    // Then
    assertThat(tokens.now()).isEqualTo("token-2");
  }

  @Test
  void aRefusalIsToBeTriedAgain() {
    // Given
    OwnTokens refused =
        new OwnTokens(
            request -> {
              throw new KubernetesClientException("forbidden");
            },
            "broker-1",
            now::get);
    // Then
    assertThatThrownBy(refused::now)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broker-1");
  }

  private TokenRequest answer(TokenRequest request) {
    requests.add(request);
    Duration lifetime = Duration.ofSeconds(request.getSpec().getExpirationSeconds());
    return new TokenRequestBuilder(request)
        .withNewStatus()
        .withToken("token-" + requests.size())
        .withExpirationTimestamp(now.get().plus(lifetime).toString())
        .endStatus()
        .build();
  }
}
