package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to a cluster: it opens it, and tells what the cluster refuses. */
abstract class ClusterCommand implements Callable<Integer> {
  private static final String INSTALL =
      "the cluster does not know WorkflowRuns yet; who administers it tells it once:%n"
          + "  tiphys install --crd-only | kubectl apply -f -";

  @Mixin private ClusterOptions options;

  @Spec private CommandSpec spec;

  @Override
  public final Integer call() throws InterruptedException {
    Optional<Integer> done = withoutCluster();
    if (done.isPresent()) {
      return done.get();
    }
    try (Cluster cluster = options.open()) {
      return run(cluster);
    } catch (KubernetesClientException e) {
      return unavailable(ClusterFailure.text(e));
    } catch (Refused | Unavailable e) {
      return unavailable(String.valueOf(e.getMessage()));
    }
  }

  /** Does what the command is for if that takes no cluster, and gives the exit code. */
  Optional<Integer> withoutCluster() throws InterruptedException {
    return Optional.empty();
  }

  /** Does what the command is for, and gives the exit code. */
  abstract int run(Cluster cluster) throws InterruptedException;

  /**
   * The run of that name.
   *
   * @throws ParameterException if there is none
   */
  final WorkflowRun find(Cluster cluster, String run) {
    return cluster
        .run(run)
        .orElseThrow(
            () ->
                cluster.installed()
                    ? invalid(
                        "no run `%s` in namespace `%s` (see 'tiphys list')"
                            .formatted(run, cluster.namespace()))
                    : invalid(INSTALL.formatted()));
  }

  /** Tells what the cluster lacks, and gives the exit code. */
  final int notInstalled() {
    return unavailable(INSTALL.formatted());
  }

  /** Tells what cannot be done now, and gives the exit code. */
  final int unavailable(String why) {
    complain(why);
    return ExitCode.UNAVAILABLE;
  }

  /** Tells what went wrong. */
  final void complain(String what) {
    err()
        .println(spec.commandLine().getColorScheme().errorText(spec.qualifiedName() + ": " + what));
  }

  /** A mistake in the call. */
  final ParameterException invalid(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
