package dev.tiphys.tests.bench;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.util.List;
import java.util.SortedMap;

/** A cluster that takes every change and forgets it, as {@link FrozenRuns} does. */
record FrozenInstances(List<Instance> instances) implements Instances {
  @Override
  public List<Instance> of(String run) {
    return instances;
  }

  @Override
  public boolean create(InstanceSpec spec) {
    return true;
  }

  @Override
  public void openGate(String name) {}

  @Override
  public void update(String name, SortedMap<String, String> parameters, long revision) {}

  @Override
  public void stop(String name, String reason) {}

  @Override
  public void giveUp(String name, String reason) {}

  @Override
  public void delete(String name) {}
}
