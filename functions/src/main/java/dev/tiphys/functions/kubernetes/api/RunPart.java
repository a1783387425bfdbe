package dev.tiphys.functions.kubernetes.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** What a run or a plan has put aside, as the API server keeps it; it goes with its owner. */
@Group(Marks.GROUP)
@Version(RunPart.VERSION)
public final class RunPart extends CustomResource<RunPartSpec, Void> implements Namespaced {
  static final String VERSION = "v1alpha1";
  private static final long serialVersionUID = 1L;
}
