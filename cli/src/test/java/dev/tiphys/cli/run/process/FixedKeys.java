package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import java.util.Optional;
import java.util.Random;

/** Gives every run the same keys. */
final class FixedKeys implements Keys {
  private static final RunKeys KEYS = new RunKeys(RootKey.random(new Random(1)), "no run");

  @Override
  public void create(String run) {}

  @Override
  public String digestKey(String run) {
    return "";
  }

  @Override
  public Optional<RunKeys> of(String run) {
    return Optional.of(KEYS);
  }
}
