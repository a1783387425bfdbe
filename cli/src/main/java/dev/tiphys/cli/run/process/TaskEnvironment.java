package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.InstanceSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The environment of a task's process: clean, as a container's is, so that a workflow does not come
 * to lean on what happens to be set on one machine.
 *
 * @param host this machine's environment
 * @param session marks every process of one {@code tiphys run}, see {@link StrayProcesses}
 */
public record TaskEnvironment(Map<String, String> host, String session) {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** The variables of the instance's process. */
  SortedMap<String, String> of(InstanceSpec spec, Path folder) {
    SortedMap<String, String> env = new TreeMap<>();
    env.put("PATH", host.getOrDefault("PATH", DEFAULT_PATH));
    env.put("HOME", host.getOrDefault("HOME", folder.toString()));
    env.put("LANG", host.getOrDefault("LANG", "C.UTF-8"));
    env.put("TMPDIR", folder.toString());
    env.putAll(expanded(spec, folder));
    env.put(StrayProcesses.INSTANCE, spec.identity().name());
    env.put(StrayProcesses.SESSION, session);
    return env;
  }

  /** Those that the workflow gives it, and that its command may name. */
  static SortedMap<String, String> expanded(InstanceSpec spec, Path folder) {
    SortedMap<String, String> values = new TreeMap<>();
    String parameters = ParameterFiles.below(folder).folder().toString();
    spec.variables(parameters)
        .forEach((name, text) -> values.put(name, Expansion.expand(text, values)));
    return values;
  }
}
