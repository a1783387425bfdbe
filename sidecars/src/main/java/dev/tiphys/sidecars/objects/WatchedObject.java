package dev.tiphys.sidecars.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.triggers.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object as events tell of it.
 *
 * @param uid tells it from one of the same name that comes later
 * @param version its {@code resourceVersion}; grows
 * @param namespace null: it is in none
 * @param json the object, or what identifies it
 * @param cut whether the JSON is only what identifies it
 */
public record WatchedObject(
    String uid,
    String version,
    String kind,
    String name,
    @Nullable String namespace,
    String json,
    boolean cut) {
  /** Of an object that an event has as its data, in UTF-8: 64 KiB. */
  public static final int MAX_BYTES = 64 * 1024;

  /** What its clients wrote for themselves; as large as the object, and nobody's business. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** Annotation of an object of which there is only what identifies it. */
  private static final String CUT = "tiphys.dev/cut";

  private static final List<String> IDENTIFYING =
      List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  /** Reads it. Of a Secret, and of what is too large, only what identifies it is kept. */
  public static WatchedObject of(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    ObjectNode metadata = copy.withObjectProperty("metadata");
    metadata.remove("managedFields");
    JsonNode annotations = metadata.path("annotations");
    if (annotations instanceof ObjectNode mapping) {
      mapping.remove(LAST_APPLIED);
    }
    String json = Json.write(copy);
    boolean cut =
        annotations.has(CUT)
            || copy.path("kind").asText().equals("Secret")
            || json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    return new WatchedObject(
        metadata.path("uid").asText(),
        metadata.path("resourceVersion").asText(),
        copy.path("kind").asText(),
        metadata.path("name").asText(),
        metadata.hasNonNull("namespace") ? metadata.path("namespace").asText() : null,
        cut ? Json.write(identity(copy)) : json,
        cut);
  }

  /** What identifies an object, and a mark that there was more. */
  public static ObjectNode identity(ObjectNode object) {
    ObjectNode identity = Json.mapper().createObjectNode();
    copy(object, identity, "apiVersion");
    copy(object, identity, "kind");
    if (object.get("metadata") instanceof ObjectNode metadata) {
      ObjectNode kept = identity.putObject("metadata");
      IDENTIFYING.forEach(field -> copy(metadata, kept, field));
      kept.putObject("annotations").put(CUT, "true");
    }
    return identity;
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    JsonNode value = from.get(field);
    if (value != null) {
      to.set(field, value);
    }
  }

  /** Whether it is a later state of the other one; versions are numbers that grow. */
  boolean newerThan(WatchedObject other) {
    return version.length() == other.version.length()
        ? version.compareTo(other.version) > 0
        : version.length() > other.version.length();
  }
}
