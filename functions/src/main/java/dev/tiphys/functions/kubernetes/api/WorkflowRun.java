package dev.tiphys.functions.kubernetes.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A run of a workflow, as the API server keeps it. */
@Group(Marks.GROUP)
@Version(WorkflowRun.VERSION)
@ShortNames("wfr")
public final class WorkflowRun extends CustomResource<WorkflowRunSpec, WorkflowRunStatus>
    implements Namespaced {
  static final String VERSION = "v1alpha1";
  private static final long serialVersionUID = 1L;
}
