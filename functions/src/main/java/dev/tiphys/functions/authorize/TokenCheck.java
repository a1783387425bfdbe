package dev.tiphys.functions.authorize;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Lets in who shows a token that the Broker's Triggers have, and nobody else. */
public final class TokenCheck {
  private static final String SCHEME = "Bearer ";

  private final String audience;
  private final Issuer issuer;
  private final Senders senders;
  private final InstantSource clock;

  /**
   * @param audience whom tokens have to be meant for
   */
  public TokenCheck(String audience, Issuer issuer, Senders senders, InstantSource clock) {
    this.audience = audience;
    this.issuer = issuer;
    this.senders = senders;
    this.clock = clock;
  }

  /**
   * Does ahead what the first request would else wait for.
   *
   * @throws dev.tiphys.functions.port.Unavailable if the issuer cannot be asked now; a request asks
   *     again
   */
  public void prepare() {
    SignedToken.prepare();
    issuer.name();
    // of no key; it has all of them read
    issuer.key("");
  }

  /**
   * On a request.
   *
   * @param authorization its header of that name; null: it has none
   * @throws dev.tiphys.functions.port.Unavailable if keys or accounts cannot be told now
   */
  public Verdict of(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Verdict.Unauthenticated("a bearer token is needed");
    }
    String token = authorization.substring(SCHEME.length()).strip();
    return switch (SignedToken.read(token, issuer)) {
      case SignedToken.Worthless(String reason) -> new Verdict.Unauthenticated(reason);
      case SignedToken.Genuine(Claims claims) ->
          Verdict.of(claims, new Expected(issuer.name(), audience, senders), clock.instant());
    };
  }
}
