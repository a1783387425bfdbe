package dev.tiphys.functions.kubernetes.api;

import java.util.Optional;

/** Labels, annotations and other names that objects on a cluster carry. */
public final class Marks {
  /** The API group of our resources and the prefix of our labels. */
  public static final String GROUP = "tiphys.dev";

  /** Label: name of the run. On pods, WorkflowRuns and their RunParts. */
  public static final String RUN = GROUP + "/run";

  /** Label: name of the workflow, made fit for a label. On pods, plans and WorkflowRuns. */
  public static final String WORKFLOW = GROUP + "/workflow";

  /**
   * Label: id of the plan, made fit for a label. On what one plan needs, such as its Triggers, on
   * its RunParts, and on what was applied last for its workflow.
   */
  public static final String PLAN = GROUP + "/plan";

  /** Label: what a RunPart is kept for. */
  public static final String PURPOSE = GROUP + "/purpose";

  /** Label: name of the task's template, made fit for a label. On pods. */
  public static final String TASK = GROUP + "/task";

  /** Label that users of Argo Workflows select a run's pods by; its value is the run's name. */
  public static final String ARGO_WORKFLOW = "workflows.argoproj.io/workflow";

  /** Annotation of a pod: its {@code Instance.Identity} as JSON. */
  public static final String INSTANCE = GROUP + "/instance";

  /** Annotation of a pod that is to be stopped, or was: why. It never runs again. */
  public static final String STOPPED = GROUP + "/stopped";

  /** Annotation of a pod that did not start in its time: the whole message. It never runs. */
  public static final String GIVEN_UP = GROUP + "/given-up";

  /** Reason of a pod that did not start in its time, and that no node had. */
  public static final String NOT_STARTED = "DidNotStart";

  /** Annotation of a pod that somebody deletes: when that was asked for, ISO-8601. */
  public static final String LEAVING = GROUP + "/leaving";

  /** Annotation of a pod that had to wait at its gate: when that was opened, ISO-8601. */
  public static final String LET_GO = GROUP + "/let-go";

  /** Annotation of a pod: the text of its script, which it sees as a file. */
  public static final String SOURCE = GROUP + "/source";

  /** Prefix of annotations of a pod: the values of its parameters, which it sees as files. */
  public static final String PARAMETER_PREFIX = "params." + GROUP + "/";

  /** Annotation of a pod: how far the run's updates of its task are in its parameters. */
  public static final String REVISION = GROUP + "/revision";

  /** Annotation of a pod: its lifecyclewatchers, a JSON list of {@code EventSidecar}. */
  public static final String LIFECYCLE = GROUP + "/lifecycle";

  /** Annotation of a pod: moments of its life that it does not show for ever, a JSON list. */
  public static final String TRACES = GROUP + "/traces";

  /**
   * Annotation of a plan: name of the Broker that its Triggers are on; or, after {@link
   * #SERVICE_PREFIX}, of the Service of ours that stands in for one.
   */
  public static final String BROKER = GROUP + "/broker";

  /** What no Broker's name begins with. */
  public static final String SERVICE_PREFIX = "service/";

  /** Annotation of a plan: {@code files} or {@code api}, how output is captured. */
  public static final String LOGS = GROUP + "/logs";

  /** Annotation of a Trigger or EventPolicy of a plan that nothing runs by any more: since when. */
  public static final String RETIRED = GROUP + "/retired";

  /** Scheduling gate of a pod that waits for its turn. */
  public static final String GATE = GROUP + "/parallelism";

  /** Finalizer of a pod: what became of it has to be known before it may go. */
  public static final String FINALIZER = GROUP + "/recorded";

  /** The container that runs what the user wrote. */
  public static final String MAIN = "main";

  /** The run watcher's Deployment. */
  public static final String WATCHER = "tiphys-watcher";

  /** The Secret that all keys of a namespace derive from. */
  public static final String ROOT_KEY = "tiphys-root-key";

  /** The account under which people publish to a Broker that asks who they are. */
  public static final String PUBLISHER = "tiphys-publisher";

  /**
   * Annotation of the run watcher's Deployment: the run that woke it last. It changes with each
   * run, so that whoever scales the watcher down meanwhile meets a conflict.
   */
  public static final String WOKEN_BY = GROUP + "/woken-by";

  private Marks() {}

  /**
   * Address of the Service of ours that a plan's {@link #BROKER} names, which it has at once; empty
   * if that names a Broker.
   */
  public static Optional<String> carrierAddress(String broker, String namespace) {
    return broker.startsWith(SERVICE_PREFIX)
        ? Optional.of(
            "http://" + broker.substring(SERVICE_PREFIX.length()) + "." + namespace + ".svc/")
        : Optional.empty();
  }
}
