package dev.tiphys.functions.memory;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Signing keys of a root key that this process has made up. */
public final class InMemoryKeys implements Keys {
  private static final int UID_BYTES = 16;

  private final RandomGenerator random;
  private final RootKey root;
  private final Map<String, RunKeys> keys = new ConcurrentHashMap<>();

  /** The generator has to be a secure one wherever anybody else can reach the broker. */
  public InMemoryKeys(RandomGenerator random) {
    this.random = random;
    this.root = RootKey.random(random);
  }

  @Override
  public void create(String run) {
    byte[] uid = new byte[UID_BYTES];
    random.nextBytes(uid);
    keys.putIfAbsent(run, new RunKeys(root, HexFormat.of().formatHex(uid)));
  }

  @Override
  public String digestKey(String run) {
    return root.digestKey(run);
  }

  @Override
  public Optional<RunKeys> of(String run) {
    return Optional.ofNullable(keys.get(run));
  }
}
