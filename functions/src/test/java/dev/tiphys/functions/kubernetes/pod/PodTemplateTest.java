package dev.tiphys.functions.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder holds an instance and the pod that it becomes. {@code mvn test -Dgolden.update=true}
 * writes the pods anew; read the difference before committing it.
 */
class PodTemplateTest {
  private static final Path FOLDERS = Path.of("src/test/resources/pods");
  private static final RunRef RUN =
      new RunRef(
          "coinflip-x1",
          "0b3d4f8e-0000-4000-8000-000000000001",
          "http://broker-ingress.knative-eventing.svc/games/coinflip");
  private static final RunKeys KEYS = new RunKeys(RootKey.random(new Random(1)), RUN.uid());
  private static final RunRef AUTHORIZED =
      new RunRef(RUN.name(), RUN.uid(), RUN.sink(), "eventing.knative.dev/broker/games/coinflip");
  private static final PodTemplate TEMPLATE =
      new PodTemplate(new PodSettings("dev.local/tiphys-sidecars:test"));

  static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void anInstanceBecomesExactlyThePodInItsFolder(Path folder) throws IOException {
    // When
    String actual = Serialization.asYaml(pod(folder));
    Path expected = folder.resolve("out-pod.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    }

    // Then
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void aPodTellsWhoseItIs(Path folder) throws IOException {
    // Given
    InstanceSpec spec = spec(folder);
    Pod created =
        new PodBuilder(pod(folder))
            .editMetadata()
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    // When
    Optional<Instance> observed = ObservedPod.of(created);

    // Then
    assertThat(observed)
        .contains(
            new Instance(
                spec.identity(),
                spec.gated() ? Instance.State.GATED : Instance.State.PENDING,
                false,
                false,
                "",
                Instant.parse("2026-01-01T00:00:00Z"),
                0,
                spec.gated() ? null : Instant.parse("2026-01-01T00:10:00Z")));
  }

  private static Pod pod(Path folder) throws IOException {
    LogCapture capture =
        folder.getFileName().toString().endsWith("by-api") ? LogCapture.API : LogCapture.FILES;
    InstanceSpec spec = spec(folder);
    boolean authorized = folder.getFileName().toString().endsWith("authorized");
    return TEMPLATE.of(spec, authorized ? AUTHORIZED : RUN, capture, TaskKeys.of(KEYS, spec));
  }

  private static InstanceSpec spec(Path folder) throws IOException {
    return Json.read(Files.readString(folder.resolve("in-instance.json")), InstanceSpec.class);
  }
}
