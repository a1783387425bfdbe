package dev.tiphys.sidecars.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.FileWatch.Change;
import dev.tiphys.triggers.plan.FileWatch.Content;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tests of the filewatcher have in common. */
final class FileFixtures {
  static final long SETTLE_MILLIS = 50;

  private FileFixtures() {}

  /** All files below a folder. */
  static FileWatch watch(Path folder, Set<Change> on) {
    return watch(folder, on, Content.NONE, null);
  }

  static FileWatch watch(Path folder, Set<Change> on, Content content, @Nullable Long pollMillis) {
    return new FileWatch(
        "data",
        null,
        folder.toString(),
        List.of(folder + "/**"),
        null,
        on,
        SETTLE_MILLIS,
        content,
        1_000,
        pollMillis);
  }

  static FileSettings settings(FileWatch watch, Path state, OnStop onStop) {
    return new FileSettings(
        new SidecarSettings(Fixtures.contract(), onStop, state, List.of(0), Fixtures.DEADLINE),
        watch);
  }

  /** What an event says: {@code create a.txt}, {@code rename b.txt < a.txt}. */
  static String text(CloudEvent event, Path folder) {
    JsonNode data = data(event);
    String text = data.path("kind").asText() + " " + data.path("path").asText();
    String from = data.has("from") ? " < " + data.path("from").asText() : "";
    return (text + from).replace(folder + "/", "");
  }

  static List<String> texts(FakeSink sink, Path folder) {
    return sink.events().stream().map(event -> text(event, folder)).toList();
  }

  static JsonNode data(CloudEvent event) {
    try {
      return Json.parse(Objects.requireNonNull(event.getData()).toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
