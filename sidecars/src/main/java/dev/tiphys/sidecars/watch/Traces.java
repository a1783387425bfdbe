package dev.tiphys.sidecars.watch;

/**
 * The annotations of pods that keep their {@link Trace}s, and when their deletion was asked for.
 */
@FunctionalInterface
interface Traces {
  /**
   * Adds what the pod shows and the annotation lacks, unless the pod has changed since it was seen.
   * Does not wait; what fails is to be asked for again.
   */
  void record(TaskPod pod);
}
