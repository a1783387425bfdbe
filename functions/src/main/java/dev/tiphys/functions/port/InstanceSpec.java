package dev.tiphys.functions.port;

import dev.tiphys.triggers.name.VariableName;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.PodFields;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be created for an instance. All values are in place already; event data can have
 * filled parameter values and nothing else.
 *
 * @param gated whether it has to wait until {@link Instances#openGate}
 * @param parameters the task's inputs; the process finds them in {@code TIPHYS_PARAM_<NAME>}, and
 *     as files in the folder {@code TIPHYS_PARAMS}
 * @param pod what the task's author has decided about its pod; of no meaning where there are none
 * @param revision how far updates of the parameters are
 */
public record InstanceSpec(
    Instance.Identity identity,
    boolean gated,
    SortedMap<String, String> parameters,
    Launch launch,
    List<EventSidecar> sidecars,
    PodFields pod,
    long revision) {
  private static final String PARAMETER_PREFIX = "TIPHYS_PARAM_";

  public InstanceSpec {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    sidecars = List.copyOf(sidecars);
    pod = Objects.requireNonNullElse(pod, PodFields.NONE);
  }

  /** An instance whose parameters no event has updated. */
  public InstanceSpec(
      Instance.Identity identity,
      boolean gated,
      SortedMap<String, String> parameters,
      Launch launch,
      List<EventSidecar> sidecars,
      PodFields pod) {
    this(identity, gated, parameters, launch, sidecars, pod, 0);
  }

  /** An instance whose pod is left to Tiphys and Kubernetes. */
  public InstanceSpec(
      Instance.Identity identity,
      boolean gated,
      SortedMap<String, String> parameters,
      Launch launch,
      List<EventSidecar> sidecars) {
    this(identity, gated, parameters, launch, sidecars, PodFields.NONE);
  }

  /**
   * The variables of the main container: the instance's own, and then the user's, which win. The
   * values are in the form of {@link Expansion}, each after those that it names.
   *
   * @param folder where the instance finds its parameters as files
   */
  public SequencedMap<String, String> variables(String folder) {
    SortedMap<String, String> ours = new TreeMap<>();
    if (!parameters.isEmpty()) {
      ours.put("TIPHYS_PARAMS", Expansion.escape(folder));
    }
    ours.put("TIPHYS_WORKFLOW", identity.workflow());
    ours.put("TIPHYS_RUN", identity.run());
    ours.put("TIPHYS_TASK", identity.task());
    if (sidecars.stream().anyMatch(EventSidecar.StdoutWatcher.class::isInstance)) {
      // Python writes into a pipe in blocks of 8 KiB; a line is an event, and is wanted when
      // printed
      ours.put("PYTHONUNBUFFERED", "1");
    }
    pod.mountPaths()
        .forEach((name, path) -> ours.put(volumeVariable(name), Expansion.escape(path)));
    ProxyVariables.add(sidecars, launch.env().keySet(), ours);
    parameters.forEach((name, value) -> ours.put(variable(name), Expansion.escape(value)));
    ours.putAll(launch.env());
    return Expansion.inOrder(ours);
  }

  /** {@code num-tails} is found in {@code TIPHYS_PARAM_NUM_TAILS}. */
  private static String variable(String parameter) {
    return VariableName.of(PARAMETER_PREFIX, parameter);
  }

  /** The path of the volume {@code my-data} is found in {@code TIPHYS_VOLUME_MY_DATA}. */
  public static String volumeVariable(String volume) {
    return VariableName.of("TIPHYS_VOLUME_", volume);
  }

  /**
   * What the main container runs. Command, arguments and variables are in the form of {@link
   * Expansion}; the source is as it is.
   *
   * @param source text of a file whose path is appended to the command; null: there is none
   */
  public record Launch(
      String image,
      List<String> command,
      List<String> args,
      SortedMap<String, String> env,
      @Nullable String source) {
    public Launch {
      command = List.copyOf(command);
      args = List.copyOf(args);
      env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
    }
  }
}
