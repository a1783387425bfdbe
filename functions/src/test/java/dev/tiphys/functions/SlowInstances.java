package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes a while to create an instance, as an API server does. */
record SlowInstances(Instances instances, Duration creating) implements Instances {
  @Override
  public boolean create(InstanceSpec spec) {
    LockSupport.parkNanos(creating.toNanos());
    return instances.create(spec);
  }

  @Override
  public List<Instance> of(String run) {
    return instances.of(run);
  }

  @Override
  public void openGate(String name) {
    instances.openGate(name);
  }

  @Override
  public void stop(String name, String reason) {
    instances.stop(name, reason);
  }

  @Override
  public void delete(String name) {
    instances.delete(name);
  }
}
