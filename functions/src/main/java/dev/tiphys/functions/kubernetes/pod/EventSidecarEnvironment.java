package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract of an event sidecar, as its program reads it from the environment. */
record EventSidecarEnvironment(
    Instance.Identity instance,
    RunRef run,
    EventSidecar sidecar,
    SigningKey key,
    List<Integer> ports,
    @Nullable Long graceSeconds) {
  /** Of the pod's grace period, what the end of the process itself may take. */
  private static final long TO_END_SECONDS = 5;

  /** The version of what is between a task and its event sidecars; docs/sidecars.md has it. */
  private static final String CONTRACT = "2";

  List<EnvVar> variables() {
    List<EnvVar> variables = new ArrayList<>();
    // first: a mount's path is made of them
    variables.add(field("POD_NAMESPACE", "metadata.namespace"));
    variables.add(field("POD_NAME", "metadata.name"));
    variables.add(field("POD_UID", "metadata.uid"));
    variables.add(SidecarProgram.variable("K_SINK", sink()));
    variables.add(SidecarProgram.variable("TIPHYS_CONTRACT", CONTRACT));
    variables.add(SidecarProgram.variable("TIPHYS_WORKFLOW", instance.workflow()));
    variables.add(SidecarProgram.variable("TIPHYS_RUN", instance.run()));
    variables.add(SidecarProgram.variable("TIPHYS_TASK", instance.task()));
    variables.add(SidecarProgram.variable("TIPHYS_INSTANCE", instance.name()));
    variables.add(field("TIPHYS_INSTANCE_UID", "metadata.uid"));
    variables.add(SidecarProgram.variable("TIPHYS_CONTAINER", sidecar.name()));
    variables.add(SidecarProgram.variable("TIPHYS_SOURCE", source()));
    variables.add(SidecarProgram.variable("TIPHYS_EVENT_TYPE", sidecar.eventType()));
    if (!sidecar.common().labels().isEmpty()) {
      variables.add(
          SidecarProgram.variable("TIPHYS_LABELS", Json.write(sidecar.common().labels())));
    }
    variables.add(SidecarProgram.variable("TIPHYS_KEY", key.text()));
    variables.add(SidecarProgram.variable("TIPHYS_STATE", EventSidecarContainer.STATE_FOLDER));
    if (!ports.isEmpty()) {
      variables.add(SidecarProgram.variable("TIPHYS_STOP_PORTS", stopPorts()));
    }
    if (graceSeconds != null) {
      long toEnd = Math.min(TO_END_SECONDS, graceSeconds / 2);
      variables.add(
          SidecarProgram.variable(
              "TIPHYS_GRACE", Duration.ofSeconds(graceSeconds - toEnd).toString()));
    }
    return variables;
  }

  private String sink() {
    URI own = sidecar.common().sink();
    return own == null ? run.sink() : own.toString();
  }

  /** Of its events. */
  private String source() {
    return new StreamSource(instance.workflow(), instance.run(), instance.name(), sidecar.name())
        .uri()
        .toString();
  }

  private String stopPorts() {
    return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }
}
