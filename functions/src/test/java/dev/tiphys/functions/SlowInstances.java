package dev.tiphys.functions;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Takes a while to create an instance, as an API server does. */
final class SlowInstances extends ForwardingInstances {
  private final Duration creating;

  SlowInstances(Instances instances, Duration creating) {
    super(instances);
    this.creating = creating;
  }

  @Override
  public boolean create(InstanceSpec spec) {
    LockSupport.parkNanos(creating.toNanos());
    return super.create(spec);
  }
}
