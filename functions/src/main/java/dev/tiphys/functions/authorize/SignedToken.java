package dev.tiphys.functions.authorize;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Reads a token (RFC 7519), and believes it when the issuer's key has signed it. */
final class SignedToken {
  /** A service account's has about 1,000 characters. */
  static final int MAX_LENGTH = 8_192;

  /**
   * What Kubernetes signs with. With a public key alone nobody can sign so; "none", and keys that
   * are shared, are no signature here.
   */
  private static final AlgorithmConstraints PUBLIC_KEYS =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512);

  private SignedToken() {}

  /** What reading came to. */
  sealed interface Reading {}

  /** The issuer has said this. */
  record Genuine(Claims claims) implements Reading {}

  /** Nobody vouches for it. */
  record Worthless(String reason) implements Reading {}

  /** Loads the algorithms, which takes as long as a hundred tokens. */
  static void prepare() {
    AlgorithmFactoryFactory.getInstance();
  }

  static Reading read(String token, Issuer issuer) {
    if (token.length() > MAX_LENGTH) {
      return new Worthless("the token is too long");
    }
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(PUBLIC_KEYS);
      signature.setCompactSerialization(token);
      Optional<PublicKey> key = key(signature.getKeyIdHeaderValue(), issuer);
      if (key.isEmpty()) {
        return new Worthless("the token names no key of the issuer");
      }
      signature.setKey(key.get());
      return signature.verifySignature()
          ? claims(JwtClaims.parse(signature.getPayload()))
          : new Worthless("the token's signature does not hold");
    } catch (JoseException | InvalidJwtException | MalformedClaimException e) {
      return new Worthless("the token cannot be read, or is signed in a way that is not taken");
    }
  }

  private static Optional<PublicKey> key(@Nullable String id, Issuer issuer) {
    return id == null ? Optional.empty() : issuer.key(id);
  }

  private static Reading claims(JwtClaims claims) throws MalformedClaimException {
    String issuer = claims.getIssuer();
    String subject = claims.getSubject();
    NumericDate expires = claims.getExpirationTime();
    NumericDate notBefore = claims.getNotBefore();
    if (issuer == null || subject == null || expires == null) {
      return new Worthless("the token does not say by whom, of whom and until when it is");
    }
    return new Genuine(
        new Claims(
            issuer,
            claims.hasAudience() ? claims.getAudience() : List.of(),
            subject,
            instant(expires),
            notBefore == null ? null : instant(notBefore)));
  }

  private static Instant instant(NumericDate date) {
    return Instant.ofEpochMilli(date.getValueInMillis());
  }
}
