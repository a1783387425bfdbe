package dev.tiphys.functions.authorize;

import java.time.Duration;
import java.time.Instant;

/** Whether a request is let in. */
public sealed interface Verdict {
  /** How far the clocks of two machines may be apart. */
  Duration SKEW = Duration.ofSeconds(30);

  /** It is. */
  record Admitted() implements Verdict {}

  /** Nobody knows whose it is: 401. */
  record Unauthenticated(String reason) implements Verdict {}

  /** It is known whose it is, and that account may not call: 403. */
  record Forbidden(String reason) implements Verdict {}

  /** On a genuine token. No reason repeats a text of the token's. */
  static Verdict of(Claims claims, Expected expected, Instant now) {
    if (!claims.issuer().equals(expected.issuer())) {
      return new Unauthenticated("the token is of another issuer");
    }
    if (!claims.audience().contains(expected.audience())) {
      return new Unauthenticated("the token is not for " + expected.audience());
    }
    if (!now.minus(SKEW).isBefore(claims.expires())) {
      return new Unauthenticated("the token has expired");
    }
    if (claims.notBefore() != null && now.plus(SKEW).isBefore(claims.notBefore())) {
      return new Unauthenticated("the token does not hold yet");
    }
    return expected.senders().include(claims.subject())
        ? new Admitted()
        : new Forbidden("only the Broker's Triggers may call the functions");
  }
}
