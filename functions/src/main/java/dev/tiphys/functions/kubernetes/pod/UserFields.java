package dev.tiphys.functions.kubernetes.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.PodFields;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the user has decided, as the client has it: ours is put over it. What is not looked at goes
 * to the API server as it was written; the compiler has checked it, and for the client to learn how
 * a whole pod is read takes longer than to create one.
 */
final class UserFields {
  private UserFields() {}

  /** One more field of an object, which need not be one that the client knows. */
  private interface Put<T> {
    void field(T object, String name, Object value);
  }

  static PodSpec spec(PodFields fields) {
    PodSpec spec = new PodSpec();
    fields
        .spec()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "volumes" ->
                    spec.setVolumes(list(value, Volume::new, Volume::setAdditionalProperty));
                case "initContainers" ->
                    spec.setInitContainers(
                        list(value, Container::new, Container::setAdditionalProperty));
                case "hostNetwork" -> spec.setHostNetwork(value.booleanValue());
                case "serviceAccountName" -> spec.setServiceAccountName(value.textValue());
                case "automountServiceAccountToken" ->
                    spec.setAutomountServiceAccountToken(value.booleanValue());
                case "terminationGracePeriodSeconds" ->
                    spec.setTerminationGracePeriodSeconds(value.longValue());
                default -> spec.setAdditionalProperty(name, value);
              }
            });
    return spec;
  }

  static Container container(PodFields fields) {
    return container(fields.container());
  }

  static Container container(EventSidecar.Custom sidecar) {
    Container container = container(sidecar.container());
    container.setImage(sidecar.common().image());
    return container;
  }

  private static Container container(Map<String, JsonNode> fields) {
    Container container = new Container();
    fields.forEach(
        (name, value) -> {
          switch (name) {
            case "env" -> container.setEnv(list(value, EnvVar::new, EnvVar::setAdditionalProperty));
            case "volumeMounts" ->
                container.setVolumeMounts(
                    list(value, VolumeMount::new, VolumeMount::setAdditionalProperty));
            case "lifecycle" -> container.setLifecycle(lifecycle(value));
            default -> container.setAdditionalProperty(name, value);
          }
        });
    return container;
  }

  private static Lifecycle lifecycle(JsonNode fields) {
    Lifecycle lifecycle = new Lifecycle();
    fields
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("preStop")) {
                lifecycle.setPreStop(
                    object(
                        field.getValue(),
                        LifecycleHandler::new,
                        LifecycleHandler::setAdditionalProperty));
              } else {
                lifecycle.setAdditionalProperty(field.getKey(), field.getValue());
              }
            });
    return lifecycle;
  }

  private static <T> List<T> list(JsonNode items, Supplier<T> empty, Put<T> put) {
    return items.valueStream().map(item -> object(item, empty, put)).toList();
  }

  private static <T> T object(JsonNode fields, Supplier<T> empty, Put<T> put) {
    T object = empty.get();
    fields.properties().forEach(field -> put.field(object, field.getKey(), field.getValue()));
    return object;
  }
}
