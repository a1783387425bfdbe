package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.json.NumberText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Objects of whatever kind, whose fractions stay as the API server has written them. */
final class ExactNumbers {
  private ExactNumbers() {}

  /** How the client of whoever watches them has to read. */
  static KubernetesSerialization serialization() {
    ObjectMapper mapper =
        new ObjectMapper()
            .registerModule(
                new SimpleModule("exact numbers").addDeserializer(Object.class, new Fractions()));
    return new KubernetesSerialization(mapper, true);
  }

  /** An object as a tree; only text keeps a number as it is. */
  static ObjectNode tree(GenericKubernetesResource object, KubernetesSerialization serialization) {
    byte[] json = serialization.asJson(object).getBytes(StandardCharsets.UTF_8);
    try {
      return (ObjectNode) Json.parse(json);
    } catch (IOException e) {
      throw new UncheckedIOException("what was written can be read", e);
    }
  }

  /** Values of no declared type. Whole numbers are exact anyway. */
  private static final class Fractions extends UntypedObjectDeserializer {
    private static final long serialVersionUID = 1L;

    Fractions() {
      super((JavaType) null, (JavaType) null);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
          ? NumberText.of(parser.getText())
          : super.deserialize(parser, context);
    }
  }
}
