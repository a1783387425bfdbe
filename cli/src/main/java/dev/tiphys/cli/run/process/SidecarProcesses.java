package dev.tiphys.cli.run.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.Sidecar;
import dev.tiphys.sidecars.TaskProbe;
import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Environment;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.triggers.plan.EventSidecar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Starts sidecars of users' own, as processes with the contract's environment.
 *
 * @param grace how long one has after SIGTERM to publish what is left
 */
record SidecarProcesses(WorkFolder work, TaskEnvironment environment, Duration grace) {
  private static final JsonNode NO_VARIABLES = JsonNodeFactory.instance.arrayNode();

  Sidecar start(
      Instance.Identity instance, EventSidecar.Custom sidecar, Contract contract, TaskProbe probe) {
    Path folder = work.beside(instance).resolve(sidecar.name());
    SortedMap<String, String> own = variables(sidecar, contract, prepared(folder));
    List<String> words =
        Stream.of("command", "args")
            .flatMap(field -> sidecar.texts(field).stream())
            .map(text -> Expansion.expand(text, own))
            .toList();
    SortedMap<String, String> variables = environment.ofSidecar(own, folder);
    return SidecarProcess.start(
        () ->
            TaskLauncher.start(
                words,
                null,
                variables,
                folder,
                Collections.emptySortedMap(),
                "sidecar %s of %s".formatted(sidecar.name(), instance.task())),
        probe.ended(),
        grace);
  }

  /** Makes its folder, with the state's in it. */
  private static Path prepared(Path folder) {
    try {
      Files.createDirectories(state(folder));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path state(Path folder) {
    return folder.resolve("state");
  }

  private SortedMap<String, String> variables(
      EventSidecar.Custom sidecar, Contract contract, Path folder) {
    SortedMap<String, String> own = new TreeMap<>(Environment.of(contract));
    own.put(SidecarSettings.STATE, state(folder).toString());
    own.put(SidecarSettings.GRACE_PERIOD, grace.toString());
    own.putAll(sidecar.variables());
    for (JsonNode variable : sidecar.container().getOrDefault("env", NO_VARIABLES)) {
      if (variable.path("value").isTextual()) {
        own.put(
            variable.path("name").asText(), Expansion.expand(variable.path("value").asText(), own));
      }
    }
    return own;
  }
}
