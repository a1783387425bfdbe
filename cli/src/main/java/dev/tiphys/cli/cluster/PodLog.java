package dev.tiphys.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** What a container has printed. */
record PodLog(Cluster cluster, String pod, String container) {
  /** Passes on what is there. */
  void read(Consumer<String> line) throws IOException {
    try (InputStream log = resource().getLogInputStream()) {
      Lines.each(log, line);
    }
  }

  /** Passes on what is there and what comes, until the container ends or this thread is to. */
  void follow(Consumer<String> line) throws IOException {
    try (LogWatch log = resource().watchLog()) {
      Lines.each(log.getOutput(), line);
    } catch (CompletionException | KubernetesClientException e) {
      // as the client has it, until the log's first byte comes
      throw new IOException(ClusterFailure.said(e.getCause() == null ? e : e.getCause()), e);
    }
  }

  private ContainerResource resource() {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withName(pod)
        .inContainer(container);
  }
}
