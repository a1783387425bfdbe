package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the {@code stdoutwatcher}; {@link StdoutEnvironment} names their variables.
 *
 * @param main name of the container whose output is watched
 * @param state folder that survives the container
 * @param stopPorts where it is told that main is being stopped, and after it the ports on localhost
 *     to which it passes that on
 * @param grace how long there is after SIGTERM to publish what is left
 */
record StdoutSettings(
    Contract contract,
    Stream stream,
    OnStop onStop,
    Capture capture,
    String main,
    Path state,
    List<Integer> stopPorts,
    Duration grace) {
  StdoutSettings {
    stopPorts = List.copyOf(stopPorts);
  }
}
