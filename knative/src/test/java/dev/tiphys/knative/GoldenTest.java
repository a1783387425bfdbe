package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each folder holds a Plan and, file by file, every object that it becomes. {@code mvn test
 * -Dgolden.update=true} writes the files anew; read the difference before committing it.
 */
class GoldenTest {
  private static final Path FOLDERS = Path.of("src/test/resources/golden");
  private static final Options OPTIONS =
      Options.defaults()
          .withImages(new Images("dev.local/functions:test", "dev.local/sidecars:test"));

  /** Folder by folder, what its objects are made with. */
  static final Map<String, Options> CASES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("authorize", OPTIONS.withNamespace("games").withAuthorize(true)),
              Map.entry(
                  "authorize-split",
                  OPTIONS
                      .withNamespace("games")
                      .withSplit(true)
                      .withLogs(LogCapture.API)
                      .withAuthorize(true)),
              Map.entry("carried-by-kubernetes", OPTIONS.withPubsub(new Pubsub.Kubernetes())),
              Map.entry("coinflip", OPTIONS),
              Map.entry("api-logs", OPTIONS.withLogs(LogCapture.API)),
              Map.entry("kafka", OPTIONS.withBrokerClass(BrokerClass.KAFKA)),
              Map.entry(
                  "kafka-alone",
                  OPTIONS.withPubsub(new Pubsub.Kafka("kafka.games:9092", "kafka-client"))),
              Map.entry("namespace", OPTIONS.withNamespace("games")),
              Map.entry("per-rule", OPTIONS.withTriggers(TriggerMode.PER_RULE)),
              Map.entry("shared-broker", OPTIONS.withSharedBroker("common")),
              Map.entry("split", OPTIONS.withSplit(true)),
              // one of its watches is in another namespace
              Map.entry("watches", OPTIONS.withNamespace("games"))));

  static final List<String> FOLDER_NAMES = List.copyOf(CASES.keySet());

  @ParameterizedTest
  @FieldSource("FOLDER_NAMES")
  void aPlanBecomesExactlyTheObjectsInItsFolder(String folder) throws IOException {
    // Given
    Path files = FOLDERS.resolve(folder);
    Plan plan = Plan.fromJson(Files.readString(files.resolve("in-plan.json")));

    // When
    SortedMap<String, String> actual = filesOf(KnativeManifests.of(plan, options(folder)));
    if (Boolean.getBoolean("golden.update")) {
      rewrite(files, actual);
    }

    // Then
    assertThat(read(files).keySet()).isEqualTo(actual.keySet());
    read(files)
        .forEach((file, expected) -> assertThat(actual.get(file)).as(file).isEqualTo(expected));
  }

  @Test
  void everyFolderIsACase() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(FOLDER_NAMES);
    }
  }

  private static Options options(String folder) {
    return CASES.getOrDefault(folder, OPTIONS);
  }

  private static SortedMap<String, String> filesOf(List<HasMetadata> objects) {
    SortedMap<String, String> files = new TreeMap<>();
    for (HasMetadata object : objects) {
      String file = fileOf(object);
      assertThat(files.put(file, Manifests.toYaml(List.of(object)))).as(file).isNull();
    }
    return files;
  }

  /** An object of another namespace may have the name of one of the workflow's own. */
  private static String fileOf(HasMetadata object) {
    String name = object.getMetadata().getName();
    String namespace = object.getMetadata().getNamespace();
    String of = namespace == null || namespace.equals("games") ? "" : "-in-" + namespace;
    return "out-%s-%s%s.yaml".formatted(object.getKind(), name, of);
  }

  /** All files but the Plan, so that one that nothing produces any more is found. */
  private static SortedMap<String, String> read(Path folder) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    contents.remove("in-plan.json");
    return contents;
  }

  private static void rewrite(Path folder, SortedMap<String, String> contents) throws IOException {
    for (String file : read(folder).keySet()) {
      Files.delete(folder.resolve(file));
    }
    for (Map.Entry<String, String> file : contents.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
