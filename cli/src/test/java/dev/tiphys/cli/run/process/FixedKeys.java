package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gives every run the same key. */
final class FixedKeys implements Keys {
  static final byte[] KEY = "a key of no run".getBytes(StandardCharsets.UTF_8);

  @Override
  public void create(String run) {}

  @Override
  public Optional<byte[]> of(String run) {
    return Optional.of(KEY.clone());
  }
}
