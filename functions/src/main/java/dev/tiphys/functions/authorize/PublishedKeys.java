package dev.tiphys.functions.authorize;

import dev.tiphys.functions.port.Unavailable;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The issuer by what it publishes of itself (OpenID Connect Discovery, RFC 7517). */
public final class PublishedKeys implements Issuer {
  /** Anybody may name a key that does not exist. */
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

  private final Supplier<String> configuration;
  private final Supplier<String> keySet;
  private final InstantSource clock;
  private @Nullable String name;
  private Map<String, PublicKey> keys = Map.of();
  private Instant readAt = Instant.MIN;

  /**
   * @param configuration reads the discovery document; asked once
   * @param keySet reads the key set; asked again for a key that is not known, but not often
   */
  public PublishedKeys(
      Supplier<String> configuration, Supplier<String> keySet, InstantSource clock) {
    this.configuration = configuration;
    this.keySet = keySet;
    this.clock = clock;
  }

  @Override
  public synchronized String name() {
    if (name == null) {
      name = read(configuration.get());
    }
    return name;
  }

  private static String read(String configuration) {
    try {
      if (JsonUtil.parseJson(configuration).get("issuer") instanceof String issuer) {
        return issuer;
      }
    } catch (JoseException e) {
      throw new Unavailable("the issuer's configuration cannot be read", e);
    }
    throw new Unavailable("the issuer's configuration names no issuer");
  }

  @Override
  public synchronized Optional<PublicKey> key(String id) {
    Instant now = clock.instant();
    if (!keys.containsKey(id) && !now.isBefore(nextReading())) {
      keys = keys(keySet.get());
      readAt = now;
    }
    return Optional.ofNullable(keys.get(id));
  }

  private Instant nextReading() {
    return readAt.equals(Instant.MIN) ? readAt : readAt.plus(AT_MOST_EVERY);
  }

  private static Map<String, PublicKey> keys(String keySet) {
    try {
      Map<String, PublicKey> keys = new HashMap<>();
      for (JsonWebKey key : new JsonWebKeySet(keySet).getJsonWebKeys()) {
        if (key instanceof PublicJsonWebKey one && one.getKeyId() != null) {
          keys.put(one.getKeyId(), one.getPublicKey());
        }
      }
      return keys;
    } catch (JoseException e) {
      throw new Unavailable("the issuer's keys cannot be read", e);
    }
  }
}
