package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.InstanceSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The environment of a task's process: clean, as a container's is, so that a workflow does not come
 * to lean on what happens to be set on one machine.
 *
 * @param host this machine's environment
 * @param session marks every process of one {@code tiphys run}, see {@link StrayProcesses}
 */
public record TaskEnvironment(Map<String, String> host, Session session) {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /**
   * The variables of the instance's process.
   *
   * @param volumes the folders that are its volumes
   */
  SortedMap<String, String> of(InstanceSpec spec, Path folder, SortedMap<String, Path> volumes) {
    SortedMap<String, String> env = ofMachine(folder);
    env.putAll(expanded(spec, folder, volumes));
    env.put(StrayProcesses.INSTANCE, spec.identity().name());
    return env;
  }

  /**
   * The variables of a sidecar's process.
   *
   * @param own what the contract gives it, and then the user
   */
  SortedMap<String, String> ofSidecar(SortedMap<String, String> own, Path folder) {
    SortedMap<String, String> env = ofMachine(folder);
    env.putAll(own);
    return env;
  }

  private SortedMap<String, String> ofMachine(Path folder) {
    SortedMap<String, String> env = new TreeMap<>();
    env.put("PATH", host.getOrDefault("PATH", DEFAULT_PATH));
    env.put("HOME", host.getOrDefault("HOME", folder.toString()));
    env.put("LANG", host.getOrDefault("LANG", "C.UTF-8"));
    env.put("TMPDIR", folder.toString());
    env.put(Session.VARIABLE, session.text());
    return env;
  }

  /** Those that the workflow gives it, and that its command may name. */
  static SortedMap<String, String> expanded(
      InstanceSpec spec, Path folder, SortedMap<String, Path> volumes) {
    String parameters = ParameterFiles.below(folder).folder().toString();
    SequencedMap<String, String> variables = new LinkedHashMap<>(spec.variables(parameters));
    volumes.forEach((name, path) -> move(InstanceSpec.volumeVariable(name), path, spec, variables));
    SortedMap<String, String> values = new TreeMap<>();
    variables.forEach((name, text) -> values.put(name, Expansion.expand(text, values)));
    return values;
  }

  /** A volume is elsewhere than on a cluster, unless the workflow says where. */
  private static void move(
      String variable, Path path, InstanceSpec spec, Map<String, String> variables) {
    if (!spec.launch().env().containsKey(variable)) {
      variables.put(variable, Expansion.escape(path.toString()));
    }
  }
}
