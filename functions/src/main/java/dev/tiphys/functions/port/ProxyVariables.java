package dev.tiphys.functions.port;

import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.NetworkProxy;
import dev.tiphys.triggers.plan.Proxied.Requests;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a task's environment says of the networkproxies beside it. */
final class ProxyVariables {
  private static final List<String> PROXIES = List.of("HTTP_PROXY", "HTTPS_PROXY");
  private static final String NO_PROXY = "NO_PROXY";
  private static final String LOCAL = "localhost,127.0.0.1,::1";

  private ProxyVariables() {}

  /**
   * Adds them.
   *
   * @param set names of those that the user sets, in whatever case: these are left to them
   */
  static void add(List<EventSidecar> sidecars, Set<String> set, Map<String, String> variables) {
    for (EventSidecar sidecar : sidecars) {
      if (sidecar instanceof NetworkProxy proxy) {
        variables.put(proxy.variable(), proxy.address().toString());
        if (proxy.proxied() instanceof Requests requests && requests.upstream() == null) {
          PROXIES.forEach(name -> put(name, proxy.address().toString(), set, variables));
          put(NO_PROXY, LOCAL, set, variables);
        }
      }
    }
  }

  /** In both cases: programs differ in which one they look at. */
  private static void put(
      String name, String value, Set<String> set, Map<String, String> variables) {
    if (set.stream().noneMatch(name::equalsIgnoreCase)) {
      variables.put(name, value);
      variables.put(name.toLowerCase(Locale.ROOT), value);
    }
  }
}
