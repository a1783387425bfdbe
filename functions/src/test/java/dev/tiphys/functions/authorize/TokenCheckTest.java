package dev.tiphys.functions.authorize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A8: what the functions take for a proof of who calls, with keys that are made here. */
class TokenCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String AUDIENCE = "serving.knative.dev/service/games/tiphys-functions";
  private static final String TRIGGER = "system:serviceaccount:games:coinflip-start-oidc";

  private static final FakeIssuer ISSUER = new FakeIssuer();

  private final AtomicInteger askedForSenders = new AtomicInteger();
  private final TokenCheck check =
      new TokenCheck(
          AUDIENCE,
          ISSUER,
          subject -> {
            askedForSenders.incrementAndGet();
            return subject.equals(TRIGGER);
          },
          () -> NOW);

  @Test
  void admitsATriggerOfTheBroker() {
    // When
    Verdict verdict = check.of("Bearer " + ISSUER.token(good()));
    // Then
    assertThat(verdict).isEqualTo(new Verdict.Admitted());
  }

  @Test
  void admitsTheSameWhenPrepared() {
    // Given
    check.prepare();
    // When
    Verdict verdict = check.of("Bearer " + ISSUER.token(good()));
    // Then
    assertThat(verdict).isEqualTo(new Verdict.Admitted());
  }

  @Test
  void takesTheSchemeInAnyCase() {
    // When
    Verdict verdict = check.of("bearer " + ISSUER.token(good()));
    // Then
    assertThat(verdict).isEqualTo(new Verdict.Admitted());
  }

  @Test
  @DisplayName("A8: a request without a token is not let in")
  void refusesNoToken() {
    assertUnauthenticated(check.of(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer ...",
        "Bearer \u0000",
        "Bearer e30.e30.",
        "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA"
      })
  void refusesGarbage(String authorization) {
    assertUnauthenticated(check.of(authorization));
  }

  @Test
  void refusesWhatIsHugeWithoutReadingIt() {
    assertUnauthenticated(check.of("Bearer " + "a".repeat(SignedToken.MAX_LENGTH + 1)));
  }

  @Test
  void refusesAnotherAudience() {
    assertUnauthenticated(with(it -> it.setAudience("https://kubernetes.default.svc")));
  }

  @Test
  void refusesNoAudience() {
    assertUnauthenticated(with(it -> it.unsetClaim("aud")));
  }

  @Test
  void refusesAnotherIssuer() {
    assertUnauthenticated(with(it -> it.setIssuer("https://elsewhere.example")));
  }

  @Test
  void refusesWhatHasExpired() {
    assertUnauthenticated(with(it -> it.setExpirationTime(date(NOW.minusSeconds(60)))));
  }

  @Test
  void refusesWhatNeverExpires() {
    assertUnauthenticated(with(it -> it.unsetClaim("exp")));
  }

  @Test
  void refusesWhatDoesNotHoldYet() {
    assertUnauthenticated(with(it -> it.setNotBefore(date(NOW.plusSeconds(60)))));
  }

  @Test
  @DisplayName("A8: a pod of another account is not let in")
  void forbidsAnotherAccount() {
    // When
    Verdict verdict = with(it -> it.setSubject("system:serviceaccount:games:default"));
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Forbidden.class);
  }

  @Test
  void refusesClaimsOfAnotherType() {
    assertUnauthenticated(with(it -> it.setClaim("exp", "tomorrow")));
  }

  @Test
  void refusesAnUnsignedToken() {
    // Given
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.ALLOW_ONLY_NONE);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    signature.setKeyIdHeaderValue(FakeIssuer.KEY_ID);
    signature.setPayload(good().toJson());
    // When
    Verdict verdict = check.of("Bearer " + FakeIssuer.serialized(signature));
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void refusesAPublicKeyThatIsUsedAsASharedOne() {
    // Given
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKeyIdHeaderValue(FakeIssuer.KEY_ID);
    signature.setKey(new HmacKey(ISSUER.key.getPublicKey().getEncoded()));
    signature.setPayload(good().toJson());
    // When
    Verdict verdict = check.of("Bearer " + FakeIssuer.serialized(signature));
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void refusesAKeyThatTheIssuerDoesNotHave() {
    // Given
    String token = token(FakeIssuer.newKey("key-9"), AlgorithmIdentifiers.RSA_USING_SHA256);
    // When
    Verdict verdict = check.of("Bearer " + token);
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void refusesAnotherKeyUnderTheIdOfTheIssuers() {
    // Given
    String token =
        token(FakeIssuer.newKey(FakeIssuer.KEY_ID), AlgorithmIdentifiers.RSA_USING_SHA256);
    // When
    Verdict verdict = check.of("Bearer " + token);
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void refusesAKeyOfAnotherKindUnderTheIdOfTheIssuers() throws Exception {
    // Given
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(FakeIssuer.KEY_ID);
    String token =
        FakeIssuer.token(good(), key, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    // When
    Verdict verdict = check.of("Bearer " + token);
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void refusesOtherClaimsUnderTheSameSignature() {
    // Given
    String[] parts = ISSUER.token(good()).split("\\.", -1);
    JwtClaims others = good();
    others.setExpirationTime(date(NOW.plusSeconds(86_400)));
    String payload =
        Base64.getUrlEncoder().withoutPadding().encodeToString(others.toJson().getBytes(UTF_8));
    // When
    Verdict verdict = check.of("Bearer " + parts[0] + "." + payload + "." + parts[2]);
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void refusesAHeaderThatDemandsMoreThanIsKnownHere() {
    // Given
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKeyIdHeaderValue(FakeIssuer.KEY_ID);
    signature.setKey(ISSUER.key.getPrivateKey());
    signature.setHeader("x-limit", "1");
    signature.getHeaders().setObjectHeaderValue("crit", List.of("x-limit"));
    signature.setPayload(good().toJson());
    // When
    Verdict verdict = check.of("Bearer " + FakeIssuer.serialized(signature));
    // Then
    assertUnauthenticated(verdict);
  }

  @Test
  void asksForNobodyOfWhomTheTokenIsNotGenuine() {
    // When
    check.of("Bearer " + token(FakeIssuer.newKey("key-9"), AlgorithmIdentifiers.RSA_USING_SHA256));
    // Then
    assertThat(askedForSenders).hasValue(0);
  }

  private Verdict with(Consumer<JwtClaims> change) {
    JwtClaims claims = good();
    change.accept(claims);
    return check.of("Bearer " + ISSUER.token(claims));
  }

  private static String token(PublicJsonWebKey key, String algorithm) {
    return FakeIssuer.token(good(), key, algorithm);
  }

  private static JwtClaims good() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(FakeIssuer.NAME);
    claims.setAudience(AUDIENCE);
    claims.setSubject(TRIGGER);
    claims.setIssuedAt(date(NOW));
    claims.setNotBefore(date(NOW));
    claims.setExpirationTime(date(NOW.plusSeconds(600)));
    return claims;
  }

  private static NumericDate date(Instant instant) {
    return NumericDate.fromSeconds(instant.getEpochSecond());
  }

  private static void assertUnauthenticated(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Unauthenticated.class);
  }
}
