package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.sidecars.Sidecar;
import dev.tiphys.sidecars.Sidecars;
import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.EventSidecar;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the sidecars of instances, in this JVM. Their sources are the process's pipes and handle.
 *
 * @param broker where they publish unless they name a sink of their own
 */
public record SidecarRuntime(URI broker, Keys keys, InstantSource clock) {
  /** To be called before the task's outputs are read. */
  RunningSidecars start(
      InstanceSpec spec, RunningTask task, ProxySockets sockets, SidecarProcesses processes) {
    ProcessProbe probe = new ProcessProbe(task, sockets, clock);
    TaskKeys keys = TaskKeys.of(keys(spec.identity()), spec);
    List<Sidecar> publishing = new ArrayList<>();
    List<Sidecar> taking = new ArrayList<>();
    for (EventSidecar sidecar : spec.sidecars()) {
      Contract planned = contract(spec.identity(), sidecar, keys.of(sidecar));
      Contract contract = planned.withSink(sockets.here(planned.sink()));
      (sidecar.takesEvents() ? taking : publishing)
          .add(
              sidecar instanceof EventSidecar.Custom custom
                  ? processes.start(spec.identity(), custom, contract, probe)
                  : Sidecars.start(sockets.placed(sidecar), contract, probe));
    }
    return new RunningSidecars(probe, publishing, taking);
  }

  private RunKeys keys(Instance.Identity instance) {
    return keys.of(instance.run())
        .orElseThrow(() -> new IllegalStateException("no key for " + instance.run()));
  }

  private Contract contract(Instance.Identity instance, EventSidecar sidecar, SigningKey key) {
    Origin origin =
        new Origin(
            instance.workflow(),
            instance.run(),
            instance.task(),
            instance.name(),
            instance.name(),
            sidecar.name());
    return Contract.of(sidecar, broker, origin, key);
  }
}
