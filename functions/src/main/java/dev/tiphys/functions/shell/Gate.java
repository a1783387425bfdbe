package dev.tiphys.functions.shell;

import com.sun.net.httpserver.Headers;
import dev.tiphys.functions.LogLimit;
import dev.tiphys.functions.authorize.TokenCheck;
import dev.tiphys.functions.authorize.Verdict;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.http.HttpAnswer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose events the HTTP front takes. One class for both answers: the cold start is trained with
 * one, and is to cost nothing with the other.
 */
final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);
  private static final int FORBIDDEN = 403;

  private final @Nullable Supplier<TokenCheck> check;
  private final IntConsumer turnedAway;
  private final LogLimit limit = new LogLimit(InstantSource.system());

  private Gate(@Nullable Supplier<TokenCheck> check, IntConsumer turnedAway) {
    this.check = check;
    this.turnedAway = turnedAway;
  }

  /** Everybody's. */
  static Gate open(Metrics metrics) {
    return new Gate(null, metrics::turnedAway);
  }

  /**
   * Those of whom the check admits.
   *
   * @param check waits for it where it is not there yet
   */
  static Gate guardedBy(Supplier<TokenCheck> check, Metrics metrics) {
    return new Gate(check, metrics::turnedAway);
  }

  /** What a request with these headers is answered instead of being read; empty: let it in. */
  Optional<HttpAnswer> refusal(Headers headers) {
    return check == null ? Optional.empty() : refusal(check, headers.getFirst("Authorization"));
  }

  private Optional<HttpAnswer> refusal(Supplier<TokenCheck> known, @Nullable String authorization) {
    try {
      return switch (known.get().of(authorization)) {
        case Verdict.Admitted() -> Optional.empty();
        case Verdict.Unauthenticated(String reason) -> turnAway(HttpAnswer.unauthorized(reason));
        case Verdict.Forbidden(String reason) -> turnAway(HttpAnswer.problem(FORBIDDEN, reason));
      };
    } catch (Unavailable | CompletionException e) {
      limit.admit("", more -> log.warn("a token cannot be checked now{}", more, e));
      return Optional.of(HttpAnswer.unavailable("tokens cannot be checked now"));
    }
  }

  private Optional<HttpAnswer> turnAway(HttpAnswer answer) {
    turnedAway.accept(answer.status());
    return Optional.of(answer);
  }
}
