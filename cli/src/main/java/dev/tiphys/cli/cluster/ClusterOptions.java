package dev.tiphys.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cluster and namespace a command is about; mixed into commands. */
final class ClusterOptions {
  private static final int CONNECT_MILLIS = 5_000;

  /**
   * With doubling pauses from 100 ms: an API server that restarts is waited for, one that is gone
   * is not.
   */
  private static final int RETRIES = 4;

  private static final String DEFAULT_NAMESPACE = "default";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The namespace. Default: the one of the context.")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "A context of the kubeconfig. Default: its current one.")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Default: what KUBECONFIG names, else ~/.kube/config.")
  private @Nullable File kubeconfig;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The cluster; it is not asked for anything yet.
   *
   * @throws ParameterException if no cluster is named
   */
  Cluster open() {
    return open(command, kubeconfig, context, namespace);
  }

  /** The same for a command that has these options of its own. */
  static Cluster open(
      CommandSpec command,
      @Nullable File kubeconfig,
      @Nullable String context,
      @Nullable String namespace) {
    Config config = config(command, kubeconfig, context);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestRetryBackoffLimit(RETRIES);
    String chosen = namespace == null ? config.getNamespace() : namespace;
    return new Cluster(
        new KubernetesClientBuilder().withConfig(config).build(),
        chosen == null ? DEFAULT_NAMESPACE : chosen);
  }

  private static Config config(
      CommandSpec command, @Nullable File kubeconfig, @Nullable String context) {
    if (kubeconfig != null && !kubeconfig.isFile()) {
      throw invalid(command, "--kubeconfig " + kubeconfig + ": no such file");
    }
    Config config =
        kubeconfig == null
            ? Config.autoConfigure(context)
            : Config.fromKubeconfig(context, kubeconfig);
    List<String> contexts =
        config.getContexts() == null
            ? List.of()
            : config.getContexts().stream().map(it -> it.getName()).toList();
    if (context != null && !contexts.contains(context)) {
      throw invalid(
          command,
          "no context `%s`; there are: %s".formatted(context, String.join(", ", contexts)));
    }
    if (contexts.isEmpty() && config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
      throw invalid(command, "no cluster is named: set KUBECONFIG, or give --kubeconfig FILE");
    }
    return config;
  }

  private static ParameterException invalid(CommandSpec command, String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
