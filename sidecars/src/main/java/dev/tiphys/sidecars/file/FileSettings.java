package dev.tiphys.sidecars.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.program.Variables;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.FileWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of the {@code filewatcher}.
 *
 * @param files {@code TIPHYS_FILES}: a {@link FileWatch} as JSON, whose {@code mountPath} is that
 *     of this container as well
 */
record FileSettings(SidecarSettings common, FileWatch files) {
  static final String FILES = "TIPHYS_FILES";

  /** Where the volume is. */
  Path root() {
    return FileNames.path(files.mountPath());
  }

  static SidecarSettings.Reading<FileSettings> read(Map<String, String> environment) {
    return SidecarSettings.read(environment, FileSettings::own);
  }

  private static Function<SidecarSettings, FileSettings> own(Variables variables) {
    FileWatch files = files(variables);
    return common -> new FileSettings(common, files);
  }

  private static FileWatch files(Variables variables) {
    String json = variables.required(FILES);
    try {
      if (!json.isEmpty()) {
        return Json.mapper().readValue(json, FileWatch.class);
      }
    } catch (JsonProcessingException e) {
      variables.problem(FILES, "is not what the compiler writes: " + e.getOriginalMessage());
    }
    return new FileWatch(
        "", null, "/", List.of(), null, Set.of(), 0, FileWatch.Content.NONE, 0, null);
  }
}
