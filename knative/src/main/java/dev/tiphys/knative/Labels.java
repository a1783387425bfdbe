package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import java.util.Map;
import java.util.TreeMap;

/** The labels of objects. */
final class Labels {
  private static final String TIPHYS = "tiphys";

  private Labels() {}

  /** Of an object that belongs to one workflow. */
  static Map<String, String> of(Plan plan, String component) {
    Map<String, String> labels = shared(component);
    labels.put("app.kubernetes.io/instance", ResourceName.of(plan.workflow()));
    labels.put(Marks.WORKFLOW, ResourceName.of(plan.workflow()));
    labels.put(Marks.PLAN, ResourceName.of(plan.id()));
    return labels;
  }

  /** Of an object that all workflows of a namespace share. */
  static Map<String, String> shared(String component) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("app.kubernetes.io/name", TIPHYS);
    labels.put("app.kubernetes.io/part-of", TIPHYS);
    labels.put("app.kubernetes.io/managed-by", TIPHYS);
    labels.put("app.kubernetes.io/component", component);
    return labels;
  }
}
