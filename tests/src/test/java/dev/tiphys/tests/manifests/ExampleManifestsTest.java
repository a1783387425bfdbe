package dev.tiphys.tests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.knative.Images;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Manifests;
import dev.tiphys.knative.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each example has a file with everything that it becomes on a cluster. {@code mvn test
 * -Dgolden.update=true} writes the files anew; read the difference before committing it.
 */
class ExampleManifestsTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path GOLDEN = Path.of("src/test/resources/manifests");
  private static final Options OPTIONS =
      Options.defaults()
          .withImages(new Images("dev.local/functions:test", "dev.local/sidecars:test"));

  @Test
  void everyExampleBecomesExactlyTheObjectsOfItsFile() throws IOException {
    // Given
    boolean update = Boolean.getBoolean("golden.update");

    // When
    SortedMap<String, String> actual = manifestsOfExamples();
    if (update) {
      rewrite(actual);
    }

    // Then
    SortedMap<String, String> expected = contents(GOLDEN);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((file, yaml) -> assertThat(yaml).as(file).isEqualTo(expected.get(file)));
  }

  @Test
  void onlyTheProposalsOriginalTextIsRefused() throws IOException {
    // When
    List<String> refused = new ArrayList<>(contents(EXAMPLES).keySet());
    refused.removeAll(manifestsOfExamples().keySet());

    // Then
    assertThat(refused).containsExactly("coinflip-original.yaml");
  }

  private static SortedMap<String, String> manifestsOfExamples() throws IOException {
    SortedMap<String, String> manifests = new TreeMap<>();
    contents(EXAMPLES)
        .forEach(
            (file, workflow) ->
                Optional.ofNullable(Compiler.compile(file, workflow).value())
                    .map(plan -> Manifests.toYaml(KnativeManifests.of(plan, OPTIONS)))
                    .ifPresent(yaml -> manifests.put(file, yaml)));
    return manifests;
  }

  private static SortedMap<String, String> contents(Path folder) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private static void rewrite(SortedMap<String, String> manifests) throws IOException {
    Files.createDirectories(GOLDEN);
    for (String file : contents(GOLDEN).keySet()) {
      Files.delete(GOLDEN.resolve(file));
    }
    for (var file : manifests.entrySet()) {
      Files.writeString(GOLDEN.resolve(file.getKey()), file.getValue());
    }
  }
}
