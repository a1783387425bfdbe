package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instances;
import java.util.List;

/** Shows a run's instances as they were when this was made, until it is told to catch up. */
final class LaggingInstances extends ForwardingInstances {
  private final List<Instance> before;
  private boolean caughtUp;

  LaggingInstances(Instances instances, String run) {
    super(instances);
    this.before = List.copyOf(instances.of(run));
  }

  @Override
  public List<Instance> of(String run) {
    return caughtUp ? super.of(run) : before;
  }

  @Override
  public void catchUp() {
    caughtUp = true;
  }
}
