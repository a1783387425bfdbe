package dev.tiphys.cli.run.process;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.PodFields;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Instances to create, of task {@code flip} in run {@code coin-1}. */
final class Specs {
  static final String RUN = "coin-1";

  private Specs() {}

  static InstanceSpec shell(String name, String script) {
    return spec(
        name, false, List.of("sh", "-c"), List.of(Expansion.written(script)), null, Map.of());
  }

  static InstanceSpec gated(String name, String script) {
    return spec(
        name, true, List.of("sh", "-c"), List.of(Expansion.written(script)), null, Map.of());
  }

  static InstanceSpec script(String name, List<String> command, String source) {
    return spec(name, false, command, List.of(), source, Map.of());
  }

  static InstanceSpec withParameters(String name, String script, Map<String, String> parameters) {
    return spec(
        name, false, List.of("sh", "-c"), List.of(Expansion.written(script)), null, parameters);
  }

  static InstanceSpec gatedWithParameters(
      String name, String script, Map<String, String> parameters) {
    return spec(
        name, true, List.of("sh", "-c"), List.of(Expansion.written(script)), null, parameters);
  }

  /** With a sidecar that watches its output. */
  static InstanceSpec watched(String name, String script) {
    InstanceSpec spec = shell(name, script);
    EventSidecar lines =
        new EventSidecar.StdoutWatcher(
            new EventSidecar.Common(
                "lines", "stdoutwatcher", "said", Collections.emptySortedMap(), null),
            EventSidecar.Stream.STDOUT,
            EventSidecar.OnStop.DISCARD);
    return new InstanceSpec(
        spec.identity(), spec.gated(), spec.parameters(), spec.launch(), List.of(lines));
  }

  /** With a sidecar of the user's own that runs this script. */
  static InstanceSpec accompanied(String name, String script, String sidecar) {
    InstanceSpec spec = shell(name, script);
    EventSidecar own =
        new EventSidecar.Custom(
            new EventSidecar.Common(
                "own", "acme/watch", "seen", Collections.emptySortedMap(), null),
            new TreeMap<>(Map.of("per-day", "12")),
            new TreeMap<>(
                Map.of(
                    "command", Json.mapper().valueToTree(List.of("sh", "-c")),
                    "args", Json.mapper().valueToTree(List.of(sidecar)))));
    return new InstanceSpec(
        spec.identity(), spec.gated(), spec.parameters(), spec.launch(), List.of(own));
  }

  static InstanceSpec withDeadline(String name, String script, long seconds) {
    InstanceSpec spec = shell(name, script);
    return new InstanceSpec(
        spec.identity(),
        spec.gated(),
        spec.parameters(),
        spec.launch(),
        spec.sidecars(),
        new PodFields(
            Collections.emptySortedMap(),
            new TreeMap<>(Map.of("activeDeadlineSeconds", new LongNode(seconds))),
            Collections.emptySortedMap(),
            Collections.emptySortedMap()));
  }

  private static InstanceSpec spec(
      String name,
      boolean gated,
      List<String> command,
      List<String> args,
      @Nullable String source,
      Map<String, String> parameters) {
    SortedMap<String, String> none = Collections.emptySortedMap();
    return new InstanceSpec(
        new Instance.Identity(name, "coin", RUN, "flip", "flip", null, 0),
        gated,
        new TreeMap<>(parameters),
        new InstanceSpec.Launch("alpine:3.6", command, args, none, source),
        List.of());
  }
}
