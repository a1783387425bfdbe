package dev.tiphys.functions.shell;

import com.sun.net.httpserver.Headers;
import dev.tiphys.functions.authorize.TokenCheck;
import dev.tiphys.functions.authorize.Verdict;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.http.HttpAnswer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose events the HTTP front takes. */
@FunctionalInterface
interface Gate {
  /** What a request with these headers is answered instead of being read; empty: let it in. */
  Optional<HttpAnswer> refusal(Headers headers);

  /** Everybody's. */
  static Gate open() {
    return headers -> Optional.empty();
  }

  /**
   * Those of whom the check admits.
   *
   * @param check waits for it where it is not there yet
   */
  static Gate guardedBy(Supplier<TokenCheck> check, Metrics metrics) {
    return headers -> {
      Optional<HttpAnswer> refusal = refusal(check, headers.getFirst("Authorization"));
      refusal.ifPresent(answer -> metrics.turnedAway(answer.status()));
      return refusal;
    };
  }

  private static Optional<HttpAnswer> refusal(
      Supplier<TokenCheck> check, @Nullable String authorization) {
    try {
      return switch (check.get().of(authorization)) {
        case Verdict.Admitted() -> Optional.empty();
        case Verdict.Unauthenticated(String reason) -> Optional.of(HttpAnswer.unauthorized(reason));
        case Verdict.Forbidden(String reason) -> Optional.of(HttpAnswer.problem(403, reason));
      };
    } catch (Unavailable | CompletionException e) {
      Log.LOG.warn("a token cannot be checked now", e);
      return Optional.of(HttpAnswer.unavailable("tokens cannot be checked now"));
    }
  }

  /** Kept out of the interface, whose fields are everybody's. */
  final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private Log() {}
  }
}
