package dev.tiphys.cli.options;

import dev.tiphys.knative.Images;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.plan.LogCapture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How what all workflows of a namespace share is deployed; mixed into commands. */
public final class DeploymentOptions {
  @Option(
      names = "--functions-image",
      paramLabel = "IMAGE",
      description = "The image of the functions, with its tag or digest.")
  private @Nullable String functionsImage;

  @Option(
      names = "--sidecars-image",
      paramLabel = "IMAGE",
      description = "The image of the sidecars and the run watcher, with its tag or digest.")
  private @Nullable String sidecarsImage;

  @Option(
      names = "--split",
      description =
          "A Service and an account for each function, with no more rights than it needs."
              + " Default: one for all, which starts once.")
  private boolean split;

  @Option(
      names = "--logs",
      paramLabel = "WAY",
      converter = LogCaptures.class,
      completionCandidates = LogCaptures.class,
      description =
          "How sidecars read a task's output. files: the node's log files, which needs a read-only"
              + " hostPath; api: the log API, for namespaces that forbid it, which cannot tell"
              + " stdout from stderr. Default: files.")
  private LogCapture logs = LogCapture.FILES;

  @Option(
      names = "--authorize",
      description =
          "Who posts to the Broker and calls the functions has to show who it is, by tokens. Needs"
              + " a cluster whose Knative Eventing has authentication-oidc enabled, and a"
              + " namespace. Default: off; see docs/cluster.md.")
  private boolean authorize;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** How output is captured. */
  public LogCapture logs() {
    return logs;
  }

  /** Whether who posts and calls has to show who it is. */
  public boolean authorize() {
    return authorize;
  }

  /**
   * The options that were given, else the defaults.
   *
   * @throws ParameterException for a name that Kubernetes would refuse
   */
  public Options options(@Nullable String namespace) {
    Images own = Images.ofThisVersion();
    try {
      return Options.defaults()
          .withNamespace(namespace)
          .withImages(
              new Images(
                  functionsImage == null ? own.functions() : functionsImage,
                  sidecarsImage == null ? own.sidecars() : sidecarsImage))
          .withSplit(split)
          .withLogs(logs)
          .withAuthorize(authorize);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Ways to capture output. */
  static final class LogCaptures extends LowerCase<LogCapture> {
    LogCaptures() {
      super(LogCapture.class);
    }
  }
}
