package dev.tiphys.sidecars.watch;

/** Our finalizer on pods. None of it waits; what fails is to be asked for again. */
interface Finalizers {
  /** Takes it off, as the run needs to know nothing more of the pod. */
  void release(TaskPod pod);

  /** Takes it off if the cluster has no such run. */
  void releaseOrphan(TaskPod pod);
}
