package dev.tiphys.compiler.check;

import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import dev.tiphys.triggers.plan.EventSidecar.NetworkProxy;
import dev.tiphys.triggers.plan.Proxied.Events;
import dev.tiphys.triggers.plan.Proxied.Requests;
import java.net.URI;
import java.util.List;

/** Ensures that the networkproxies of a task, and those who publish to them, go together. */
final class NetworkProxies implements Check {
  private static final String HOST_NETWORK = "hostNetwork";

  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow
        .templates()
        .tasks()
        .filter(task -> task.sidecars().stream().anyMatch(s -> s.watcher() instanceof NetworkProxy))
        .forEach(task -> check(workflow, task, found));
  }

  private static void check(Workflow workflow, Template.Task task, Diagnostics found) {
    boolean forward = false;
    for (int i = 0; i < task.sidecars().size(); i++) {
      Sidecar sidecar = task.sidecars().get(i);
      List<Sidecar> before = task.sidecars().subList(0, i);
      if (sidecar.watcher() instanceof NetworkProxy proxy) {
        checkPort(sidecar, proxy, before, found);
        checkPublishers(sidecar, proxy, task, found);
        if (isForward(proxy) && forward) {
          invalid(sidecar, "the task has a forward proxy already", "keep one of the two", found);
        }
        forward |= isForward(proxy);
        checkNetwork(workflow, sidecar, found);
      }
      checkSink(sidecar, task, found);
    }
  }

  private static boolean isForward(NetworkProxy proxy) {
    return proxy.proxied() instanceof Requests requests && requests.upstream() == null;
  }

  private static void checkPort(
      Sidecar sidecar, NetworkProxy proxy, List<Sidecar> before, Diagnostics found) {
    before.stream()
        .filter(other -> other.watcher() instanceof NetworkProxy it && it.port() == proxy.port())
        .findFirst()
        .ifPresent(
            other ->
                invalid(
                    sidecar,
                    "port %d is `%s`'s already".formatted(proxy.port(), other.name()),
                    "choose another port",
                    found));
  }

  private static void checkPublishers(
      Sidecar sidecar, NetworkProxy proxy, Template.Task task, Diagnostics found) {
    boolean any = task.sidecars().stream().anyMatch(it -> proxy.isAt(it.watcher().common().sink()));
    if (proxy.proxied() instanceof Events && !any) {
      invalid(
          sidecar,
          "no sidecar of the task publishes to `%s`".formatted(sidecar.name()),
          "add `sink: http://localhost:%d` to one".formatted(proxy.port()),
          found);
    }
  }

  private static void checkNetwork(Workflow workflow, Sidecar sidecar, Diagnostics found) {
    if (workflow.pod().spec().getOrDefault(HOST_NETWORK, BooleanNode.FALSE).asBoolean()) {
      found.report(
          Code.UNSUPPORTED_VALUE,
          sidecar.name().at(),
          "a networkproxy on the host's network is not supported: its port would be the node's",
          "remove `hostNetwork`");
    }
  }

  private static void checkSink(Sidecar sidecar, Template.Task task, Diagnostics found) {
    URI sink = sidecar.watcher().common().sink();
    if (sink == null || !EventSidecar.LOCAL.contains(sink.getHost())) {
      return;
    }
    if (sidecar.watcher() instanceof LifecycleWatcher) {
      found.report(
          Code.UNSUPPORTED_VALUE,
          sidecar.name().at(),
          "a lifecyclewatcher cannot publish within the pod: its events come from the run watcher",
          "remove its `sink`");
    }
    boolean passesOn =
        sidecar.watcher() instanceof NetworkProxy it && it.proxied() instanceof Events;
    for (Sidecar other : task.sidecars()) {
      if (other.watcher() instanceof NetworkProxy proxy && proxy.isAt(sink)) {
        if (!(proxy.proxied() instanceof Events)) {
          invalid(
              sidecar,
              "`%s` takes requests and no events".formatted(other.name()),
              "add `upstream: broker` to it, or remove the `sink`",
              found);
        } else if (passesOn) {
          invalid(
              sidecar,
              "a networkproxy with `upstream: broker` cannot publish to another one",
              "remove its `sink`",
              found);
        }
      }
    }
  }

  private static void invalid(Sidecar sidecar, String what, String remedy, Diagnostics found) {
    found.report(Code.INVALID_PROXY, sidecar.name().at(), what, remedy);
  }
}
