package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.InstanceSpec;
import java.nio.file.Path;
import java.util.Locale;
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
  private static final String PARAMETER_PREFIX = "TIPHYS_PARAM_";
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** The variables of the instance's process. */
  SortedMap<String, String> of(InstanceSpec spec, Path folder) {
    SortedMap<String, String> env = new TreeMap<>();
    env.put("PATH", host.getOrDefault("PATH", DEFAULT_PATH));
    env.put("HOME", host.getOrDefault("HOME", folder.toString()));
    env.put("LANG", host.getOrDefault("LANG", "C.UTF-8"));
    env.put("TMPDIR", folder.toString());
    // Python writes into a pipe in blocks of 8 KiB; a line is an event, and is wanted when printed
    env.put("PYTHONUNBUFFERED", "1");
    env.put("TIPHYS_WORKFLOW", spec.identity().workflow());
    env.put("TIPHYS_RUN", spec.identity().run());
    env.put("TIPHYS_TASK", spec.identity().task());
    spec.parameters().forEach((name, value) -> env.put(parameterVariable(name), value));
    env.putAll(spec.launch().env());
    env.put(StrayProcesses.INSTANCE, spec.identity().name());
    env.put(StrayProcesses.SESSION, session);
    return env;
  }

  /** {@code num-tails} is found in {@code TIPHYS_PARAM_NUM_TAILS}. */
  private static String parameterVariable(String parameter) {
    return PARAMETER_PREFIX + parameter.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
