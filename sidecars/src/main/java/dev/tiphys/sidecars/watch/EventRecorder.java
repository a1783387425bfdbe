package dev.tiphys.sidecars.watch;

/** Keeps Kubernetes Events. */
@FunctionalInterface
interface EventRecorder {
  /** Returns at once; one that cannot be kept is lost, as Kubernetes' own are. */
  void record(KubernetesEvent event);
}
