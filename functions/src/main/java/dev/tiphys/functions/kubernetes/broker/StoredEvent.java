package dev.tiphys.functions.kubernetes.broker;

import dev.tiphys.triggers.event.AttributeText;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as objects of the API server, and back. */
final class StoredEvent {
  private static final Logger log = LoggerFactory.getLogger(StoredEvent.class);

  private StoredEvent() {}

  /**
   * The same for the same event of one broker, so that a second one is not stored. With its
   * signature: who knows which id a run's event will have must not come before it with another.
   */
  static String name(String broker, CloudEvent event) {
    String signature =
        Objects.requireNonNullElse(Attributes.value(event, Attributes.SIGNATURE), "");
    return ResourceName.withHash(broker, broker + " " + Json.write(EventKey.of(event)) + signature);
  }

  static EventObject of(String broker, CloudEvent event, long published) {
    SortedMap<String, String> attributes = new TreeMap<>();
    Attributes.names(event)
        .forEach(
            attribute -> {
              String value = Attributes.value(event, attribute);
              if (value != null) {
                attributes.put(attribute, value);
              }
            });
    byte[] data = event.getData() == null ? null : event.getData().toBytes();
    String text = data == null ? null : text(data);
    EventObject object = new EventObject();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(name(broker, event))
            .addToLabels(KubernetesBroker.LABEL, broker)
            .build());
    object.setSpec(
        new EventSpec(
            broker,
            published,
            attributes,
            text,
            data == null || text != null ? null : Base64.getEncoder().encodeToString(data)));
    return object;
  }

  /** Null for what is no text, or would be longer as such than in base64. */
  private static @Nullable String text(byte[] data) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      int written = Json.write(text).getBytes(StandardCharsets.UTF_8).length;
      return written <= data.length / 3 * 4 + 4 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Empty for what is no event: anybody who may make objects can make one that is none. */
  static Optional<CloudEvent> read(EventObject object) {
    try {
      EventSpec spec = object.getSpec();
      CloudEventBuilder event = CloudEventBuilder.v1();
      spec.attributes().entrySet().stream()
          .filter(attribute -> !attribute.getKey().equals("specversion"))
          .forEach(
              attribute -> event.withContextAttribute(attribute.getKey(), attribute.getValue()));
      if (spec.data() != null) {
        event.withData(spec.data().getBytes(StandardCharsets.UTF_8));
      } else if (spec.dataBase64() != null) {
        event.withData(Base64.getDecoder().decode(spec.dataBase64()));
      }
      return Optional.of(AttributeText.checked(event.build()));
    } catch (RuntimeException e) {
      // the SDK throws many kinds
      log.warn("{} holds no event: {}", object.getMetadata().getName(), e.toString());
      return Optional.empty();
    }
  }

  /** The Triggers that are done with it. */
  static Set<String> done(EventObject object) {
    return object.getStatus() == null ? Set.of() : object.getStatus().triggers().keySet();
  }
}
