package dev.tiphys.functions.kubernetes.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.PodFields;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.SortedMap;

/** What the user has decided, as the client has it: ours is put over it. */
final class UserFields {
  private UserFields() {}

  static PodSpec spec(PodFields fields) {
    return fields.spec().isEmpty() ? new PodSpec() : read(fields.spec(), PodSpec.class);
  }

  static Container container(PodFields fields) {
    return fields.container().isEmpty()
        ? new Container()
        : read(fields.container(), Container.class);
  }

  static Container container(EventSidecar.Custom sidecar) {
    Container container = read(sidecar.container(), Container.class);
    container.setImage(sidecar.common().image());
    return container;
  }

  private static <T> T read(SortedMap<String, JsonNode> fields, Class<T> type) {
    return Serialization.unmarshal(Json.write(fields), type);
  }
}
