package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;

/** Is told of every change of an instance, after the change can be observed. */
@FunctionalInterface
public interface InstanceListener {
  /** May block, which holds up nothing but this instance's next change. */
  void changed(Instance instance);

  /** Tells this one first, then the other. */
  default InstanceListener andThen(InstanceListener other) {
    return instance -> {
      changed(instance);
      other.changed(instance);
    };
  }
}
