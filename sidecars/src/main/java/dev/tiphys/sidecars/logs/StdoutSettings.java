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
 * @param stopPort where the kubelet says that main is being stopped; 0 chooses a free one
 * @param stopPeers ports on localhost to which that is passed on
 * @param grace how long there is after SIGTERM to publish what is left
 */
record StdoutSettings(
    Contract contract,
    Stream stream,
    OnStop onStop,
    Capture capture,
    String main,
    Path state,
    int stopPort,
    List<Integer> stopPeers,
    Duration grace) {
  StdoutSettings {
    stopPeers = List.copyOf(stopPeers);
  }
}
