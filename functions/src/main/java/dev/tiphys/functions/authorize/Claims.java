package dev.tiphys.functions.authorize;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says, signed by whoever signs tokens here. Whether it is said to us, and still
 * holds, is {@link Verdict}'s to decide.
 *
 * @param notBefore null: it has held ever since
 */
record Claims(
    String issuer,
    List<String> audience,
    String subject,
    Instant expires,
    @Nullable Instant notBefore) {
  Claims {
    audience = List.copyOf(audience);
  }
}
