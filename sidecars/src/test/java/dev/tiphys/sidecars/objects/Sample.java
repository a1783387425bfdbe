package dev.tiphys.sidecars.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Objects as a cluster shows them. */
final class Sample {
  private Sample() {}

  static ObjectNode configMap(String uid, String version) {
    return object(
        """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "order", "namespace": "shop", "uid": "%s", "resourceVersion": "%s",
                      "labels": {"what": "order"}, "managedFields": [{"manager": "kubectl"}]},
         "data": {"goods": "bread"}}
        """
            .formatted(uid, version));
  }

  static WatchedObject seen(String uid, String version) {
    return WatchedObject.of(configMap(uid, version));
  }

  static ObjectNode object(String json) {
    try {
      return (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
