package dev.tiphys.functions.authorize;

import java.security.PublicKey;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Issues tokens as the API server does, with a key of its own. */
final class FakeIssuer implements Issuer {
  static final String NAME = "https://kubernetes.default.svc";
  static final String KEY_ID = "key-1";

  final RsaJsonWebKey key = newKey(KEY_ID);

  /** A key of that id. */
  static RsaJsonWebKey newKey(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<PublicKey> key(String id) {
    return id.equals(KEY_ID) ? Optional.of(key.getPublicKey()) : Optional.empty();
  }

  String token(JwtClaims claims) {
    return token(claims, key, AlgorithmIdentifiers.RSA_USING_SHA256);
  }

  static String token(JwtClaims claims, PublicJsonWebKey key, String algorithm) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(algorithm);
    return serialized(signature);
  }

  static String serialized(JsonWebSignature signature) {
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
