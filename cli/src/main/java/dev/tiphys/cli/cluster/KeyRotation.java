package dev.tiphys.cli.cluster;

import dev.tiphys.functions.kubernetes.RootKeySecret;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiphys install --rotate-key}: a new version of a namespace's root key. */
public final class KeyRotation {
  @Option(
      names = "--rotate-key",
      description =
          "Print nothing, and give the namespace's root key a new version, which signs from now on."
              + " What was signed before stays valid.")
  private boolean wanted;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --rotate-key: a context of the kubeconfig. Default: its current one.")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "With --rotate-key: the kubeconfig. Default: what KUBECONFIG names, else ~/.kube/config.")
  private @Nullable File kubeconfig;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Whether it was asked for. */
  public boolean wanted() {
    return wanted;
  }

  /**
   * Adds a version.
   *
   * @param namespace null: the one of the context
   * @return what to tell
   * @throws Failed if the cluster does not let it
   */
  public String run(@Nullable String namespace) {
    try (Cluster cluster = ClusterOptions.open(command, kubeconfig, context, namespace)) {
      RootKeySecret secret =
          new RootKeySecret(
              cluster.client().secrets().inNamespace(cluster.namespace()),
              new SecureRandom(),
              InstantSource.system());
      return "secret/" + RootKeySecret.NAME + " has version " + secret.rotate();
    } catch (KubernetesClientException e) {
      throw new Failed(ClusterFailure.text(e), e);
    } catch (Refused | Unavailable e) {
      throw new Failed(String.valueOf(e.getMessage()), e);
    }
  }

  /** The key has the versions that it had. */
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
