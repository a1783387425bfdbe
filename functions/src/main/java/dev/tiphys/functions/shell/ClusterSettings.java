package dev.tiphys.functions.shell;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where plans, runs and instances are kept. */
sealed interface ClusterSettings {
  /**
   * In this process: for trying things out, and lost with it.
   *
   * @param plans the folder with the plans, one JSON file each
   */
  record Memory(Path plans) implements ClusterSettings {}

  /**
   * A namespace of the cluster that KUBECONFIG or the pod's service account leads to.
   *
   * @param sidecarsImage the image that event sidecars run
   * @param own what tokens of requests have to be for; null: none is asked for
   */
  record Kubernetes(String namespace, String sidecarsImage, @Nullable Audience own)
      implements ClusterSettings {
    Kubernetes(String namespace, String sidecarsImage) {
      this(namespace, sidecarsImage, null);
    }
  }

  /**
   * Whom tokens are for that these functions are shown.
   *
   * @param name as it is in the tokens
   * @param service name of the Knative Service that the functions are
   */
  record Audience(String name, String service) {}
}
