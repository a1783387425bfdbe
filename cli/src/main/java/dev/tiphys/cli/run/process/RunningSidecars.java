package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;

/** The sidecars of one instance. */
final class RunningSidecars implements AutoCloseable {
  void taskEnded(Instance instance) {}

  void awaitEnd() {}

  @Override
  public void close() {}
}
