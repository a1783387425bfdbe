package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.util.List;
import java.util.SortedMap;

/** Other instances, for those that differ from them in a point. */
class ForwardingInstances implements Instances {
  private final Instances instances;

  ForwardingInstances(Instances instances) {
    this.instances = instances;
  }

  @Override
  public List<Instance> of(String run) {
    return instances.of(run);
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
  public void update(String name, SortedMap<String, String> parameters, long revision) {
    instances.update(name, parameters, revision);
  }

  @Override
  public void stop(String name, String reason) {
    instances.stop(name, reason);
  }

  @Override
  public void giveUp(String name, String reason) {
    instances.giveUp(name, reason);
  }

  @Override
  public void delete(String name) {
    instances.delete(name);
  }
}
