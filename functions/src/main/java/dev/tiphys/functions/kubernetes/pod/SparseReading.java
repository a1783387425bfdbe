package dev.tiphys.functions.kubernetes.pod;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Set;

/**
 * Reads of the API server's objects what the functions look at, and skips the rest; writes them
 * whole. A pod is made of many types, and to learn how each is read takes longer than anything else
 * that a function does before its first answer.
 */
public final class SparseReading extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private static final Map<Class<?>, Set<String>> READ =
      Map.of(
          ObjectMeta.class,
          Set.of(
              "name",
              "namespace",
              "uid",
              "resourceVersion",
              "labels",
              "annotations",
              "ownerReferences",
              "creationTimestamp",
              "deletionTimestamp",
              "deletionGracePeriodSeconds"),
          PodSpec.class,
          Set.of("nodeName", "schedulingGates", "initContainers", "activeDeadlineSeconds"),
          Container.class,
          Set.of("name", "volumeMounts"),
          VolumeMount.class,
          Set.of("name"),
          PodStatus.class,
          Set.of(
              "phase",
              "startTime",
              "reason",
              "message",
              "conditions",
              "containerStatuses",
              "initContainerStatuses"),
          ContainerStatus.class,
          Set.of("name", "image", "state", "lastState", "started"),
          Deployment.class,
          Set.of("apiVersion", "kind", "metadata"));

  private SparseReading() {}

  /** For a client that watches pods, and nothing else. */
  public static KubernetesSerialization serialization() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setConfig(mapper.getDeserializationConfig().with(new SparseReading()));
    KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
    // by name: to find it in the annotations takes longer than all else here
    serialization.registerKubernetesResource("v1", "Pod", Pod.class);
    serialization.registerKubernetesResource("v1", "Status", Status.class);
    // what the user wrote of a pod is additional to what the client knows, and wins
    serialization.getUnmatchedFieldTypeModule().setLogWarnings(false);
    return serialization;
  }

  @Override
  public JsonIncludeProperties.Value findPropertyInclusionByName(
      MapperConfig<?> config, Annotated annotated) {
    Set<String> read = READ.get(annotated.getRawType());
    return read == null ? super.findPropertyInclusionByName(config, annotated) : new Included(read);
  }

  private static final class Included extends JsonIncludeProperties.Value {
    private static final long serialVersionUID = 1L;

    Included(Set<String> names) {
      super(names);
    }
  }
}
