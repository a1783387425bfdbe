package dev.tiphys.cli.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects that stand in the files of a folder, as YAML or JSON. Each look gives all of them, with
 * what an API server would have given them: a uid and a version that grows with each change.
 */
final class FolderObjects {
  private static final Logger LOG = LoggerFactory.getLogger(FolderObjects.class);

  /** Of an object that names none. */
  static final String NAMESPACE = "default";

  /** Files that are larger are not read, in bytes. */
  private static final long FILE_MAX = 1 << 20;

  private static final Pattern MANIFEST = Pattern.compile("[^.].*\\.(ya?ml|json)");
  private static final YAMLFactory YAML = new YAMLFactory();

  private final Path folder;
  private Map<Path, Content> files = new HashMap<>();
  private Map<String, Stored> objects = new HashMap<>();
  private long version;

  FolderObjects(Path folder) {
    this.folder = folder;
  }

  /** What a file held when it had that time and size. */
  private record Content(FileTime time, long size, List<ObjectNode> objects) {
    boolean same(BasicFileAttributes now) {
      return time.equals(now.lastModifiedTime()) && size == now.size();
    }
  }

  /** An object as it was written, and as an API server would show it. */
  private record Stored(ObjectNode written, String uid, ObjectNode shown) {}

  /**
   * All objects that there are now.
   *
   * @throws IOException if the folder cannot be read
   */
  List<ObjectNode> look() throws IOException {
    Map<Path, Content> now = new HashMap<>();
    Map<String, Stored> present = new LinkedHashMap<>();
    for (Path file : manifests()) {
      Content content = content(file);
      if (content != null) {
        now.put(file, content);
        content.objects().forEach(object -> add(object, present));
      }
    }
    files = now;
    objects = present;
    return present.values().stream().map(Stored::shown).toList();
  }

  private List<Path> manifests() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> MANIFEST.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** Of a file that cannot be read now, what it held before; null: it is gone. */
  private @Nullable Content content(Path file) {
    Content before = files.get(file);
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (before != null && before.same(now)) {
        return before;
      }
      return new Content(now.lastModifiedTime(), now.size(), read(file, now, before));
    } catch (IOException e) {
      return null;
    }
  }

  private static List<ObjectNode> read(
      Path file, BasicFileAttributes now, @Nullable Content before) {
    try {
      if (now.size() > FILE_MAX) {
        throw new IOException("it has more than " + FILE_MAX + " bytes");
      }
      List<ObjectNode> read = new ArrayList<>();
      try (JsonParser documents = YAML.createParser(file.toFile())) {
        while (documents.nextToken() != null) {
          JsonNode document = Json.tree(documents);
          if (document instanceof ObjectNode object) {
            read.add(object);
          } else if (!document.isNull()) {
            throw new IOException("one of its documents is no object");
          }
        }
      }
      return read;
    } catch (IOException e) {
      // written at this moment, maybe: what it held stays until it can be read
      LOG.warn("{} cannot be read now: {}", file, e.getMessage());
      return before == null ? List.of() : before.objects();
    }
  }

  private void add(ObjectNode written, Map<String, Stored> present) {
    ObjectNode shown = written.deepCopy();
    ObjectNode metadata = shown.withObjectProperty("metadata");
    if (!metadata.has("namespace")) {
      metadata.put("namespace", NAMESPACE);
    }
    String key =
        String.join(
            "/",
            shown.path("apiVersion").asText(),
            shown.path("kind").asText(),
            metadata.path("namespace").asText(),
            metadata.path("name").asText());
    Stored before = objects.get(key);
    if (before != null && before.written().equals(written)) {
      present.put(key, before);
      return;
    }
    String uid = before == null ? UUID.randomUUID().toString() : before.uid();
    metadata.put("uid", uid);
    metadata.put("resourceVersion", Long.toString(++version));
    present.put(key, new Stored(written, uid, shown));
  }
}
