package dev.tiphys.images.training;

import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Tokens of service accounts, as a cluster's API server issues them. */
final class Tokens {
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
  private static final float LIFETIME_MINUTES = 60;
  private static final int KEY_BITS = 2048;

  private final RsaJsonWebKey key;

  Tokens() throws JoseException {
    key = RsaJwkGenerator.generateJwk(KEY_BITS);
    key.setKeyId("training");
  }

  /** What is told of the issuer. */
  String configuration() {
    return JsonUtil.toJson(Map.of("issuer", ISSUER));
  }

  /** The keys that it signs with. */
  String keySet() {
    return new JsonWebKeySet(key).toJson();
  }

  /** The account's token for that audience. */
  String of(String namespace, String account, String audience) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(audience);
    claims.setSubject("system:serviceaccount:" + namespace + ":" + account);
    claims.setIssuedAtToNow();
    claims.setNotBeforeMinutesInThePast(0);
    claims.setExpirationTimeMinutesInTheFuture(LIFETIME_MINUTES);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    signature.setPayload(claims.toJson());
    return signature.getCompactSerialization();
  }
}
