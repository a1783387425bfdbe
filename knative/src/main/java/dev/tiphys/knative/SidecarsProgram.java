package dev.tiphys.knative;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;

/** What containers of the sidecars' image have in common that are no task's sidecars. */
final class SidecarsProgram {
  private SidecarsProgram() {}

  /** One that runs this program of the image, and is named after it. */
  static ContainerBuilder container(String program, String image) {
    return new ContainerBuilder()
        .withName(program)
        .withImage(image)
        .withArgs(program)
        .withSecurityContext(Restricted.container());
  }

  /** By which it knows where it is, wherever its object was applied. */
  static EnvVar namespace() {
    return new EnvVarBuilder()
        .withName("TIPHYS_NAMESPACE")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.namespace")
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /** It is ready when it listens. */
  static Probe listens(int port) {
    return new ProbeBuilder()
        .withPeriodSeconds(1)
        .withNewTcpSocket()
        .withNewPort(port)
        .endTcpSocket()
        .build();
  }

  static ResourceRequirements resources(String cpu, String memory, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .withLimits(Map.of("memory", new Quantity(memoryLimit)))
        .build();
  }
}
