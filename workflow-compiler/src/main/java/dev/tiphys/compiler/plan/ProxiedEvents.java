package dev.tiphys.compiler.plan;

import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.NetworkProxy;
import dev.tiphys.triggers.plan.Proxied.Events;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells each networkproxy for events which sidecars of its task publish to it. */
final class ProxiedEvents {
  private ProxiedEvents() {}

  static List<EventSidecar> told(List<Sidecar> sidecars) {
    List<EventSidecar> all = sidecars.stream().map(Sidecar::watcher).toList();
    return all.stream().map(sidecar -> told(sidecar, all)).toList();
  }

  private static EventSidecar told(EventSidecar sidecar, List<EventSidecar> all) {
    return sidecar instanceof NetworkProxy proxy && proxy.proxied() instanceof Events events
        ? new NetworkProxy(
            proxy.common(),
            proxy.port(),
            new Events(publishers(proxy, all), events.filter(), events.aggregate()),
            proxy.onStop())
        : sidecar;
  }

  /** Names of the sidecars whose sink it is. */
  private static SortedSet<String> publishers(NetworkProxy proxy, List<EventSidecar> all) {
    return all.stream()
        .filter(sidecar -> proxy.isAt(sidecar.common().sink()))
        .map(EventSidecar::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
