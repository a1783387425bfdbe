package dev.tiphys.sidecars.watch;

import dev.tiphys.sidecars.publish.Token;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Tokens of the watcher's own account for one audience, asked of the API server: which Brokers
 * there are is not known where its pod is made.
 */
final class OwnTokens implements Token {
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Longer than anything may be posted and still under way. */
  private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(10);

  private final Function<TokenRequest, TokenRequest> server;
  private final String audience;
  private final InstantSource clock;
  private Given last = new Given("", Instant.MIN);

  private record Given(String token, Instant until) {}

  /**
   * @param server answers a request for a token
   */
  OwnTokens(Function<TokenRequest, TokenRequest> server, String audience, InstantSource clock) {
    this.server = server;
    this.audience = audience;
    this.clock = clock;
  }

  static OwnTokens of(
      KubernetesClient client,
      String namespace,
      String account,
      String audience,
      InstantSource clock) {
    return new OwnTokens(
        request ->
            client.serviceAccounts().inNamespace(namespace).withName(account).tokenRequest(request),
        audience,
        clock);
  }

  @Override
  public synchronized String now() throws IOException {
    if (!clock.instant().isBefore(last.until())) {
      last = given();
    }
    return last.token();
  }

  private Given given() throws IOException {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(LIFETIME.toSeconds())
            .endSpec()
            .build();
    try {
      TokenRequest answer = server.apply(request);
      Instant expires = Instant.parse(answer.getStatus().getExpirationTimestamp());
      return new Given(answer.getStatus().getToken(), expires.minus(RENEWED_BEFORE_END));
    } catch (KubernetesClientException e) {
      throw new IOException("no token for " + audience + ": " + e.getMessage(), e);
    }
  }
}
