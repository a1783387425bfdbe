package dev.tiphys.sidecars;

import dev.tiphys.sidecars.proxy.NetworkProxy;
import dev.tiphys.triggers.plan.EventSidecar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** A networkproxy beside a task that knows when the task ends. */
record ProxySidecar(NetworkProxy proxy) implements Sidecar {
  static ProxySidecar start(
      EventSidecar.NetworkProxy sidecar, NetworkProxy.Publishing publishing, TaskProbe task) {
    try {
      NetworkProxy proxy =
          NetworkProxy.start(sidecar, publishing, task.socket(sidecar.name()), null);
      CompletableFuture<Void> _ =
          task.ended().thenRun(() -> Thread.startVirtualThread(proxy::taskEnded));
      return new ProxySidecar(proxy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nothing is published yet", e);
    }
  }

  @Override
  public void stopped() {
    proxy.stopped();
  }

  @Override
  public CompletableFuture<Void> done() {
    // it stays open: who published the last event to it may not have read the answer yet
    return proxy.done().thenAccept(ending -> {});
  }

  @Override
  public void close() {
    proxy.close();
  }
}
