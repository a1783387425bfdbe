package dev.tiphys.tests.adversary;

import dev.tiphys.functions.authorize.Issuer;
import dev.tiphys.functions.authorize.TokenCheck;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** What a stranger may show in the place of a Trigger's token, and the check that is shown it. */
final class Tokens implements Issuer {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final String FUNCTIONS = "serving.knative.dev/service/games/tiphys-functions";
  private static final String TRIGGER = "system:serviceaccount:games:victim-start-oidc";
  private static final String KEY_ID = "key-1";

  private final RsaJsonWebKey key = key();
  private final RsaJsonWebKey another = key();

  /** As the functions have it. */
  TokenCheck check() {
    return new TokenCheck(FUNCTIONS, this, TRIGGER::equals, () -> NOW);
  }

  /** What the Broker's Trigger shows. */
  String right() {
    return token(FUNCTIONS, TRIGGER, NOW.plus(LIFETIME), key);
  }

  /** By what is wrong with each; empty: none is shown. */
  SortedMap<String, Optional<String>> wrong() {
    return new TreeMap<>(
        Map.of(
            "no token",
            Optional.empty(),
            "a token of another account",
            Optional.of(
                token(FUNCTIONS, "system:serviceaccount:games:default", NOW.plus(LIFETIME), key)),
            "a token for the Broker",
            Optional.of(
                token(
                    "eventing.knative.dev/broker/games/victim", TRIGGER, NOW.plus(LIFETIME), key)),
            "a token of yesterday",
            Optional.of(token(FUNCTIONS, TRIGGER, NOW.minus(LIFETIME), key)),
            "a token of its own making",
            Optional.of(token(FUNCTIONS, TRIGGER, NOW.plus(LIFETIME), another))));
  }

  @Override
  public String name() {
    return "https://kubernetes.default.svc";
  }

  @Override
  public Optional<PublicKey> key(String id) {
    return id.equals(KEY_ID) ? Optional.of(key.getPublicKey()) : Optional.empty();
  }

  private String token(String audience, String subject, Instant expires, RsaJsonWebKey signer) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(name());
    claims.setAudience(audience);
    claims.setSubject(subject);
    claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(signer.getPrivateKey());
    signature.setKeyIdHeaderValue(KEY_ID);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RsaJsonWebKey key() {
    try {
      return RsaJwkGenerator.generateJwk(2048);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
