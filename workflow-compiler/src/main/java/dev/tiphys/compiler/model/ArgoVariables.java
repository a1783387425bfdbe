package dev.tiphys.compiler.model;

import dev.tiphys.compiler.diagnostic.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that Argo has, to tell "not yet" from "no such thing". */
public final class ArgoVariables {
  /** What Argo's tags begin with; it leaves others alone. */
  private static final List<String> PREFIXES =
      List.of("item", "steps.", "inputs.", "outputs.", "pod.", "workflow.", "tasks.", "=");

  private static final Pattern NAME = Pattern.compile("([a-zA-Z]{2,16})(\\.[-\\w.]{1,200})");
  private static final Set<String> FIRST_WORDS =
      Set.of("steps", "inputs", "outputs", "pod", "workflow", "tasks");

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

  /** Whether Argo would look for a value of that name, so that another one is a mistake. */
  public static boolean claims(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith) || knows(name);
  }

  /** The name that is one but for the spelling of its first word; empty if none is near. */
  public static Optional<String> meant(String name) {
    Matcher words = NAME.matcher(name);
    return words.matches()
        ? Spelling.nearest(words.group(1), FIRST_WORDS).map(word -> word + words.group(2))
        : Optional.empty();
  }

  static boolean knows(String variable) {
    return NAMES.contains(variable) || FAMILIES.matcher(variable).matches();
  }
}
