package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.source.Yaml;
import java.util.Set;

/**
 * The fields that an object of the file may have.
 *
 * @param what how messages call the object: {@code a step}
 * @param supported fields that are read
 * @param refused fields that are not supported yet
 * @param origin whose those are, as a message says it: {@code Argo's }
 */
record Shape(String what, Set<String> supported, Set<String> refused, String origin) {
  private static final String ARGO = "Argo's ";

  private static Set<String> words(String words) {
    return words.isBlank() ? Set.of() : Set.of(words.strip().split("\\s+"));
  }

  private static String join(Set<String> words) {
    return String.join(" ", words);
  }

  private static Shape of(String what, String supported, String refused) {
    return new Shape(what, words(supported), words(refused), ARGO);
  }

  /** An object that Argo does not have. */
  static Shape own(String what, Set<String> supported, Set<String> refused) {
    return new Shape(what, supported, refused, "");
  }

  /** Whatever fields are there; others see to them. */
  static Shape any(String what, Yaml.Mapping mapping) {
    Set<String> keys = Set.copyOf(mapping.entries().stream().map(e -> e.key().text()).toList());
    return own(what, keys, Set.of());
  }

  static final Shape WORKFLOW = of("a workflow", "apiVersion kind metadata spec", "status");

  static final Shape METADATA =
      of(
          "`metadata`",
          "name generateName namespace labels annotations",
          """
          creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generation
          managedFields ownerReferences resourceVersion selfLink uid
          """);

  /** What passes through to every pod; {@code terminationGracePeriodSeconds} is not Argo's. */
  static final Set<String> POD_OF_WORKFLOW =
      words(
          """
          affinity automountServiceAccountToken dnsConfig dnsPolicy hostAliases hostNetwork
          imagePullSecrets nodeSelector podPriorityClassName schedulerName securityContext
          serviceAccountName terminationGracePeriodSeconds tolerations volumes
          """);

  /** What passes through to the pods of one template, and wins over the workflow's. */
  static final Set<String> POD_OF_TEMPLATE =
      words(
          """
          activeDeadlineSeconds affinity automountServiceAccountToken hostAliases initContainers
          nodeSelector priorityClassName schedulerName securityContext serviceAccountName
          terminationGracePeriodSeconds tolerations volumes
          """);

  /** What passes through to the main container. */
  static final Set<String> PASSED_OF_CONTAINER =
      words(
          """
          envFrom imagePullPolicy lifecycle livenessProbe ports readinessProbe resources
          securityContext startupProbe stdin stdinOnce terminationMessagePath
          terminationMessagePolicy tty volumeDevices volumeMounts workingDir
          """);

  static final Shape POD_METADATA = of("`metadata` of a pod", "labels annotations", "finalizers");

  static final Shape SPEC =
      of(
          "`spec`",
          "entrypoint arguments parallelism templates podMetadata pendingTimeout "
              + join(POD_OF_WORKFLOW),
          """
          activeDeadlineSeconds archiveLogs artifactGC artifactRepositoryRef executor
          executorPlugins hooks metrics onExit podDisruptionBudget podGC podPriority podResources
          podSpecPatch priority resourceClaims retryStrategy shutdown suspend synchronization
          templateDefaults ttlStrategy volumeClaimGC volumeClaimTemplates workflowMetadata
          workflowTemplateRef
          """);

  static final Shape WORKFLOW_ARGUMENTS = of("`arguments`", "parameters", "artifacts");

  static final Shape WORKFLOW_PARAMETER =
      of("a workflow parameter", "name value description", "default enum globalName valueFrom");

  static final Shape TEMPLATE =
      of(
          "a template",
          "name inputs container script steps sidecars parallelism concurrencyPolicy metadata"
              + " outputs pendingTimeout "
              + join(POD_OF_TEMPLATE),
          """
          annotations archiveLocation containerSet daemon dag data executor failFast http memoize
          metrics plugin podResources podSpecPatch priority resource
          resourceClaims retryStrategy suspend synchronization timeout
          """);

  static final Shape OUTPUTS = of("`outputs`", "events", "artifacts exitCode parameters result");

  static final Shape OUTPUT_EVENT =
      own("an event of `outputs`", words("name on labels sink"), Set.of());

  static final Shape INPUTS = of("`inputs`", "parameters", "artifacts");

  static final Shape INPUT =
      of("an input parameter", "name value default description valueFrom", "enum globalName");

  static final Shape VALUE_FROM =
      of(
          "`valueFrom`",
          "eventParameter event default",
          "configMapKeyRef expression jqFilter jsonPath parameter path supplied");

  static final Shape EVENT_PARAMETER =
      own(
          "an event parameter",
          words("metadata eventMetadata objectField eventPolicy correlation window updateStrategy"),
          Set.of());

  static final Shape WINDOW = own("a window", words("count duration every"), Set.of());

  static final Shape EVENT_METADATA =
      own("an event's `metadata`", words("kind apiVersion name selector"), words("namespace"));

  static final Shape WATCH_METADATA =
      own(
          "`metadata` of watched objects",
          words("apiVersion kind name namespace selector fieldSelector on"),
          Set.of());

  private static final String REFUSED_OF_CONTAINER =
      "name resizePolicy restartPolicy restartPolicyRules";

  static final Shape CONTAINER =
      of(
          "a container",
          "image command args env " + join(PASSED_OF_CONTAINER),
          REFUSED_OF_CONTAINER);

  static final Shape SCRIPT =
      of(
          "a script",
          "image command source env " + join(PASSED_OF_CONTAINER),
          "args " + REFUSED_OF_CONTAINER);

  static final Shape ENV = of("an environment variable", "name value valueFrom", "");

  static final Shape STEP =
      of(
          "a step",
          "name template arguments when continueOn",
          "hooks inline onExit templateRef withItems withParam withSequence");

  static final Shape STEP_ARGUMENTS = of("`arguments`", "parameters", "artifacts");

  static final Shape ARGUMENT =
      of("an argument", "name value", "default description enum globalName valueFrom");

  static final Shape CONTINUE_ON = of("`continueOn`", "failed", "error");

  /** What passes through to the container of an event sidecar of the user's own. */
  static final Set<String> OF_CUSTOM_SIDECAR =
      words("args command env " + join(PASSED_OF_CONTAINER));

  static final Shape SIDECAR =
      of(
          "a sidecar",
          "name image parameters " + join(OF_CUSTOM_SIDECAR),
          "mirrorVolumeMounts resizePolicy restartPolicy restartPolicyRules");
}
