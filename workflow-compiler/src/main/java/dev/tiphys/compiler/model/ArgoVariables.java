package dev.tiphys.compiler.model;

import java.util.Set;
import java.util.regex.Pattern;

/** The variables that Argo has, to tell "not yet" from "no such thing". */
final class ArgoVariables {
  private static final Set<String> NAMES =
      Set.of(
          "inputs.parameters",
          "item",
          "lastRetry.duration",
          "lastRetry.exitCode",
          "lastRetry.message",
          "lastRetry.status",
          "node.name",
          "pod.name",
          "retries",
          "workflow.annotations",
          "workflow.creationTimestamp",
          "workflow.duration",
          "workflow.failures",
          "workflow.labels",
          "workflow.mainEntrypoint",
          "workflow.namespace",
          "workflow.parameters",
          "workflow.parameters.json",
          "workflow.priority",
          "workflow.scheduledTime",
          "workflow.serviceAccountName",
          "workflow.status",
          "workflow.uid");

  private static final Pattern FAMILIES =
      Pattern.compile(
          "(steps|tasks)\\.[^.]+\\.(id|ip|status|exitCode|startedAt|finishedAt|hostNodeName|message"
              + "|outputs\\..+)"
              + "|item\\..+|inputs\\.artifacts\\..+|outputs\\..+|cronworkflow\\..+"
              + "|workflow\\.(labels|annotations|creationTimestamp|outputs)\\..+");

  private ArgoVariables() {}

  static boolean knows(String variable) {
    return NAMES.contains(variable) || FAMILIES.matcher(variable).matches();
  }
}
