package dev.tiphys.triggers.event;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The secret of a namespace that all its keys derive from, in all its versions: the newest signs,
 * and what an older one has signed is still believed.
 */
public final class RootKey {
  /** As long as the digest that it is used with: 256 bits. */
  public static final int BYTES = 32;

  private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");

  private final SortedMap<Integer, byte[]> versions;

  private RootKey(SortedMap<Integer, byte[]> versions) {
    this.versions = versions;
  }

  /**
   * Reads its versions, each by its number; other entries are none of them.
   *
   * @return empty if there is no version
   * @throws IllegalArgumentException if one is too short to be secret
   */
  public static Optional<RootKey> of(Map<String, byte[]> entries) {
    SortedMap<Integer, byte[]> versions = new TreeMap<>();
    entries.forEach(
        (name, bytes) -> {
          if (VERSION.matcher(name).matches()) {
            if (bytes.length < BYTES) {
              throw new IllegalArgumentException(
                  "version " + name + " of the root key has fewer than " + BYTES + " bytes");
            }
            versions.put(Integer.valueOf(name), bytes.clone());
          }
        });
    return versions.isEmpty() ? Optional.empty() : Optional.of(new RootKey(versions));
  }

  /** Of one version, by chance; the generator has to be a secure one wherever that matters. */
  public static RootKey random(RandomGenerator random) {
    return new RootKey(new TreeMap<>(Map.of(1, bytes(random))));
  }

  /** What a new version is made of. */
  public static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The version that signs. */
  public int newest() {
    return versions.lastKey();
  }

  /** Whether it has that version. */
  public boolean has(int version) {
    return versions.containsKey(version);
  }

  /** What digests of one run's events are made with. */
  public String digestKey(String run) {
    return derive(newest(), "digests", run).text();
  }

  /** A key for a purpose, under a version that there is. */
  public SigningKey derive(int version, String... purpose) {
    byte[] root = versions.get(version);
    if (root == null) {
      throw new IllegalArgumentException("the root key has no version " + version);
    }
    return KeyDerivation.derive(version, Signature.hmac(root), purpose);
  }

  @Override
  public String toString() {
    return "RootKey[hidden]";
  }
}
