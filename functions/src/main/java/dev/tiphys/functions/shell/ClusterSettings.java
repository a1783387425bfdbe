package dev.tiphys.functions.shell;

import java.nio.file.Path;

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
   */
  record Kubernetes(String namespace, String sidecarsImage) implements ClusterSettings {}
}
