package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.authorize.Issuer;
import dev.tiphys.functions.authorize.TokenCheck;
import dev.tiphys.functions.port.Unavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final TokenCheck NO_KEYS =
      new TokenCheck("us", issuer(Optional.empty()), subject -> true, () -> Instant.EPOCH);

  private final Metrics metrics = new Metrics();

  private static Issuer issuer(Optional<PublicKey> key) {
    return new Issuer() {
      @Override
      public String name() {
        return "issuer";
      }

      @Override
      public Optional<PublicKey> key(String id) {
        return key;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"/start", "/start/plan-1", "/begin/plan-1", "/dead-letter"})
  @DisplayName("A8: who shows no token gets a problem document, whatever function is called")
  void noFunctionAnswersWithoutAToken(String path) throws Exception {
    // Given
    HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.noBody());
    // When
    HttpResponse<String> response = send(NO_KEYS, request, path);
    // Then
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(response.body()).contains("a bearer token is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/healthz", "/metrics"})
  void tellsEverybodyHowItIs(String path) throws Exception {
    // When
    HttpResponse<String> response = send(NO_KEYS, HttpRequest.newBuilder().GET(), path);
    // Then
    assertThat(response.statusCode()).isIn(200, 503);
  }

  @Test
  void countsWhomItTurnsAway() throws Exception {
    // Given
    send(NO_KEYS, HttpRequest.newBuilder().POST(BodyPublishers.noBody()), "/start");
    // When
    String told = send(NO_KEYS, HttpRequest.newBuilder().GET(), "/metrics").body();
    // Then
    assertThat(told).contains("tiphys_turned_away_total{status=\"401\"} 1.0");
  }

  @Test
  void hasTheEventComeAgainWhenTokensCannotBeChecked() throws Exception {
    // Given
    Issuer away =
        new Issuer() {
          @Override
          public String name() {
            return "issuer";
          }

          @Override
          public Optional<PublicKey> key(String id) {
            throw new Unavailable("away");
          }
        };
    TokenCheck check = new TokenCheck("us", away, subject -> true, () -> Instant.EPOCH);
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Authorization", "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.AAAA")
            .POST(BodyPublishers.noBody());
    // When
    HttpResponse<String> response = send(check, request, "/start");
    // Then
    assertThat(response.statusCode()).isEqualTo(503);
  }

  private HttpResponse<String> send(TokenCheck check, HttpRequest.Builder request, String path)
      throws Exception {
    Gate gate = Gate.guardedBy(() -> check, metrics);
    try (HttpFront front = HttpFront.open(0, new CompletableFuture<>(), () -> true, gate, metrics);
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + front.port() + path);
      return client.send(request.uri(address).build(), BodyHandlers.ofString());
    }
  }
}
