package dev.tiphys.cli.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.PodFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
  @TempDir Path folder;

  @Test
  void anEphemeralVolumeIsOneInstancesAlone() throws Exception {
    // Given
    WorkFolder work = new WorkFolder(folder, false);
    // When
    Path a = volume(work, "a", "{\"name\":\"my-data\",\"emptyDir\":{}}");
    Path b = volume(work, "b", "{\"name\":\"my-data\",\"emptyDir\":{}}");
    // Then
    assertThat(a).isNotEqualTo(b).isDirectory();
  }

  @Test
  void anyOtherVolumeIsTheSameForAllOfARun() throws Exception {
    // Given
    WorkFolder work = new WorkFolder(folder, false);
    String claim = "{\"name\":\"my-data\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}";
    // When
    Path a = volume(work, "a", claim);
    Path b = volume(work, "b", claim);
    // Then
    assertThat(a).isEqualTo(b).isDirectory();
  }

  @Test
  void aTaskFindsItsVolumeByAVariable() throws Exception {
    // Given
    InstanceSpec spec = spec("a", "{\"name\":\"my-data\",\"emptyDir\":{}}", Map.of());
    // When
    SortedMap<String, String> variables =
        TaskEnvironment.expanded(spec, folder, new TreeMap<>(Map.of("my-data", folder)));
    // Then
    assertThat(variables).containsEntry("TIPHYS_VOLUME_MY_DATA", folder.toString());
  }

  @Test
  void theWorkflowsOwnVariableOfThatNameStays() throws Exception {
    // Given
    InstanceSpec spec =
        spec(
            "a",
            "{\"name\":\"my-data\",\"emptyDir\":{}}",
            Map.of("TIPHYS_VOLUME_MY_DATA", "/elsewhere"));
    // When
    SortedMap<String, String> variables =
        TaskEnvironment.expanded(spec, folder, new TreeMap<>(Map.of("my-data", folder)));
    // Then
    assertThat(variables).containsEntry("TIPHYS_VOLUME_MY_DATA", "/elsewhere");
  }

  private static Path volume(WorkFolder work, String instance, String volume) throws IOException {
    Path path = work.volumes(spec(instance, volume, Map.of())).get("my-data");
    return Files.createDirectories(path);
  }

  private static InstanceSpec spec(String name, String volume, Map<String, String> env)
      throws IOException {
    SortedMap<String, String> none = Collections.emptySortedMap();
    PodFields pod =
        new PodFields(
            new TreeMap<>(
                Map.of("volumeMounts", json("[{\"name\":\"my-data\",\"mountPath\":\"/data\"}]"))),
            new TreeMap<>(Map.of("volumes", json("[" + volume + "]"))),
            none,
            none);
    return new InstanceSpec(
        new Instance.Identity(name, "coin", Specs.RUN, "flip", "flip", null, 0),
        false,
        none,
        new InstanceSpec.Launch("alpine:3.6", List.of("true"), List.of(), new TreeMap<>(env), null),
        List.of(),
        pod);
  }

  private static JsonNode json(String text) throws IOException {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
