package dev.tiphys.functions.memory;

import dev.tiphys.functions.port.Keys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Signing keys in memory. */
public final class InMemoryKeys implements Keys {
  /** As long as the digest that it is used with: 256 bits. */
  private static final int KEY_BYTES = 32;

  private final RandomGenerator random;
  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

  /** The generator has to be a secure one wherever anybody else can reach the broker. */
  public InMemoryKeys(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public void create(String run) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    keys.putIfAbsent(run, key);
  }

  @Override
  public Optional<byte[]> of(String run) {
    return Optional.ofNullable(keys.get(run));
  }
}
