package dev.tiphys.sidecars.watch;

/** The annotation of pods that keeps their {@link Trace}s. */
@FunctionalInterface
interface Traces {
  /**
   * Adds what the pod shows and the annotation lacks, unless the pod has changed since it was seen.
   * Does not wait; what fails is to be asked for again.
   */
  void record(TaskPod pod);
}
