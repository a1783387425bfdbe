package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.util.List;

/** Shows a run's instances as they were when this was made, until it is told to catch up. */
final class LaggingInstances implements Instances {
  private final Instances instances;
  private final List<Instance> before;
  private boolean caughtUp;

  LaggingInstances(Instances instances, String run) {
    this.instances = instances;
    this.before = List.copyOf(instances.of(run));
  }

  @Override
  public List<Instance> of(String run) {
    return caughtUp ? instances.of(run) : before;
  }

  @Override
  public void catchUp() {
    caughtUp = true;
  }

  @Override
  public boolean create(InstanceSpec spec) {
    return instances.create(spec);
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
