package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Keys;
import java.net.URI;

/**
 * Starts the sidecars of instances, in this JVM. Their sources are the process's pipes and handle.
 *
 * @param broker where they publish unless they name a sink of their own
 */
public record SidecarRuntime(URI broker, Keys keys) {
  RunningSidecars start(InstanceSpec spec, RunningTask task) {
    return new RunningSidecars();
  }
}
