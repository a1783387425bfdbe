package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import dev.tiphys.triggers.plan.EventSidecar.Stream;

/**
 * The settings of the {@code stdoutwatcher}; {@link StdoutEnvironment} names their variables.
 *
 * @param main name of the container whose output is watched
 */
record StdoutSettings(
    SidecarSettings common, Stream stream, Lines lines, Capture capture, String main) {}
