package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.event.RootKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The namespace's root key in its Secret. Manifests hold the Secret without data, so that applying
 * them again wipes nothing; whoever needs the key first fills it.
 */
public final class RootKeySecret {
  /** The Secret's name. */
  public static final String NAME = Marks.ROOT_KEY;

  /** Tries to write what others write too. */
  private static final int TRIES = 5;

  /** Between two reads for a version that is not known yet: anybody can make one up. */
  static final Duration READ_AT_MOST_EVERY = Duration.ofSeconds(2);

  private final NonNamespaceOperation<Secret, ?, Resource<Secret>> secrets;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Known known;

  /**
   * @param at when it was asked for
   */
  private record Known(RootKey key, Instant at) {}

  /** The generator has to be a secure one. */
  public RootKeySecret(
      NonNamespaceOperation<Secret, ?, Resource<Secret>> secrets,
      RandomGenerator random,
      InstantSource clock) {
    this.secrets = secrets;
    this.random = random;
    this.clock = clock;
  }

  /** The key as it was read once. */
  RootKey key() {
    Known remembered = known;
    return remembered != null ? remembered.key() : key(Instant.MIN);
  }

  /**
   * The key as it was at that time, or later.
   *
   * @throws Unavailable if it was read before that, and too short a time ago
   */
  RootKey asOf(Instant since) {
    return key(since);
  }

  private RootKey key(Instant since) {
    // one asks, and all who wait get what it was told
    reading.lock();
    try {
      Known last = known;
      if (last != null && !last.at().isBefore(since)) {
        return last.key();
      }
      Instant now = clock.instant();
      if (last != null && now.isBefore(last.at().plus(READ_AT_MOST_EVERY))) {
        throw new Unavailable("the root key was read a moment ago");
      }
      RootKey read = filled();
      known = new Known(read, now);
      return read;
    } finally {
      reading.unlock();
    }
  }

  private RootKey filled() {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Secret secret = read(secrets);
      Optional<RootKey> key = key(secret);
      if (key.isPresent()) {
        return key.get();
      }
      Secret next = withVersion(secret, 1);
      if (ApiCall.of(NAME, () -> secrets.resource(next).update())
          instanceof Answer.Done<Secret>(Secret written)) {
        return key(written).orElseThrow();
      }
    }
    throw new Unavailable("Secret " + NAME + " is written by too many at once");
  }

  /** Adds a version, which signs from now on; whoever has read the key before goes on with it. */
  public int rotate() {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Secret secret = read(secrets);
      int next = key(secret).map(RootKey::newest).orElse(0) + 1;
      Secret rotated = withVersion(secret, next);
      if (ApiCall.of(NAME, () -> secrets.resource(rotated).update()) instanceof Answer.Done) {
        return next;
      }
    }
    throw new Unavailable("Secret " + NAME + " is written by too many at once");
  }

  /** The key, as it is now; empty while nobody has filled the Secret. */
  public static Optional<RootKey> find(NonNamespaceOperation<Secret, ?, Resource<Secret>> secrets) {
    return key(read(secrets));
  }

  private static Secret read(NonNamespaceOperation<Secret, ?, Resource<Secret>> secrets) {
    if (ApiCall.of(NAME, () -> secrets.withName(NAME).get())
        instanceof Answer.Done<Secret>(Secret secret)) {
      return secret;
    }
    throw new Unavailable(
        "Secret " + NAME + " is not there: apply what tiphys compile or tiphys install prints");
  }

  private static Optional<RootKey> key(Secret secret) {
    Map<String, byte[]> entries = new HashMap<>();
    if (secret.getData() != null) {
      secret.getData().forEach((name, text) -> entries.put(name, Base64.getDecoder().decode(text)));
    }
    try {
      return RootKey.of(entries);
    } catch (IllegalArgumentException e) {
      throw new Unavailable("Secret " + NAME + ": " + e.getMessage(), e);
    }
  }

  /** At the version that it was read at, so that of two who write one has to look again. */
  private Secret withVersion(Secret secret, int version) {
    return new SecretBuilder(secret)
        .addToData(
            Integer.toString(version), Base64.getEncoder().encodeToString(RootKey.bytes(random)))
        .build();
  }
}
