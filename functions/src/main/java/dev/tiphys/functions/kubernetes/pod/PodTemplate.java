package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.PodFields;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the pod of an instance. The same instance gives the same pod. */
public record PodTemplate(PodSettings settings) {

  /** The pod of the instance. */
  public Pod of(InstanceSpec spec, RunRef run, LogCapture capture, TaskKeys keys) {
    PodSpec user = UserFields.spec(spec.pod());
    EventSidecarContainers sidecars =
        EventSidecarContainers.of(settings, spec, run, capture, user, keys);
    return new PodBuilder()
        .withMetadata(metadata(spec, run))
        .withSpec(spec(spec, user, sidecars))
        .build();
  }

  private static PodSpec spec(InstanceSpec spec, PodSpec user, EventSidecarContainers sidecars) {
    TaskFiles files = new TaskFiles(spec);
    PodSpecBuilder pod =
        new PodSpecBuilder(user)
            .withRestartPolicy("Never")
            // the addresses of all Services of the namespace are no part of what the user wrote
            .withEnableServiceLinks(false)
            .addAllToInitContainers(sidecars.containers())
            .addToContainers(MainContainer.of(spec, files, sidecars))
            .addAllToVolumes(files.volumes())
            .addAllToVolumes(sidecars.volumes());
    if (user.getServiceAccountName() == null) {
      pod.withServiceAccountName(sidecars.serviceAccount());
    }
    if (user.getServiceAccountName() == null && user.getAutomountServiceAccountToken() == null) {
      // a token costs a quarter of a second at the start, and few tasks talk to the API server
      pod.withAutomountServiceAccountToken(false);
    }
    if (spec.gated()) {
      pod.addNewSchedulingGate(Marks.GATE);
    }
    return pod.build();
  }

  private static ObjectMeta metadata(InstanceSpec spec, RunRef run) {
    return new ObjectMetaBuilder()
        .withName(spec.identity().name())
        .withLabels(labels(spec))
        .withAnnotations(annotations(spec))
        .withFinalizers(Marks.FINALIZER)
        .withOwnerReferences(run.owner())
        .build();
  }

  private static SortedMap<String, String> labels(InstanceSpec spec) {
    Instance.Identity identity = spec.identity();
    SortedMap<String, String> labels = new TreeMap<>(spec.pod().labels());
    labels.put(Marks.RUN, identity.run());
    labels.put(Marks.ARGO_WORKFLOW, identity.run());
    labels.put(Marks.WORKFLOW, ResourceName.of(identity.workflow()));
    labels.put(Marks.TASK, ResourceName.of(identity.task()));
    return labels;
  }

  private static SortedMap<String, String> annotations(InstanceSpec spec) {
    SortedMap<String, String> annotations = new TreeMap<>(spec.pod().annotations());
    annotations.put(
        PodFields.PENDING_TIMEOUT, Long.toString(spec.pod().pendingTimeout().toSeconds()));
    annotations.put(Marks.INSTANCE, IdentityAnnotation.write(spec.identity()));
    spec.parameters()
        .forEach((name, value) -> annotations.put(ParameterAnnotation.of(name), value));
    if (spec.revision() > 0) {
      annotations.put(Marks.REVISION, Long.toString(spec.revision()));
    }
    if (spec.launch().source() != null) {
      annotations.put(Marks.SOURCE, spec.launch().source());
    }
    List<EventSidecar> lifecycle =
        spec.sidecars().stream().filter(EventSidecar.LifecycleWatcher.class::isInstance).toList();
    if (!lifecycle.isEmpty()) {
      annotations.put(Marks.LIFECYCLE, LifecycleAnnotation.write(lifecycle));
    }
    return annotations;
  }
}
