package dev.tiphys.functions.port;

import dev.tiphys.triggers.plan.EventSidecar;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be created for an instance. All values are in place already; event data can have
 * filled parameter values and nothing else.
 *
 * @param gated whether it has to wait until {@link Instances#openGate}
 * @param parameters the task's inputs; the process also finds them in {@code TIPHYS_PARAM_<NAME>}
 */
public record InstanceSpec(
    Instance.Identity identity,
    boolean gated,
    SortedMap<String, String> parameters,
    Launch launch,
    List<EventSidecar> sidecars) {
  public InstanceSpec {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    sidecars = List.copyOf(sidecars);
  }

  /**
   * What the main container runs.
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
