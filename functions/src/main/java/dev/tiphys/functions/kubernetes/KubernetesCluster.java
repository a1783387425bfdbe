package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.pod.PodSettings;
import dev.tiphys.functions.kubernetes.pod.SparseReading;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The ports over one namespace of a cluster. They share what they know of it: what one has read or
 * written, another need not ask for.
 *
 * @param answers whether the API server answered lately
 */
public record KubernetesCluster(
    KubernetesPlans plans,
    KubernetesRuns runs,
    KubernetesRunParts parts,
    KubernetesInstances instances,
    KubernetesKeys keys,
    BooleanSupplier answers,
    PodWatch watch)
    implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  /** How long a reader waits for the watch of the task pods; an event comes again then. */
  private static final Duration WATCH_PATIENCE = Duration.ofSeconds(5);

  /**
   * Opens the ports. The API server is asked once before, whether it answers or not: calls that
   * come all at once when there is no connection yet open one each, and agree on keys for each.
   *
   * @param client to be closed by the caller
   */
  public static KubernetesCluster open(
      KubernetesClient client, String namespace, PodSettings settings, InstantSource clock) {
    ApiHealth answers = ApiHealth.of(client);
    answers.getAsBoolean();
    PodIndex index = new PodIndex(WATCH_PATIENCE);
    PodWatch watch = PodWatch.start(client, namespace, index);
    var runObjects = client.resources(WorkflowRun.class).inNamespace(namespace);
    KnownRuns known = new KnownRuns(runObjects);
    KubernetesKeys keys =
        new KubernetesKeys(
            new RootKeySecret(client.secrets().inNamespace(namespace), new SecureRandom(), clock),
            known);
    keys.prefetch();
    KubernetesPlans plans = KubernetesPlans.in(client, namespace);
    return new KubernetesCluster(
        plans,
        new KubernetesRuns(
            runObjects,
            known,
            plans,
            new Brokers(client, namespace),
            new WatcherDeployment(client.apps().deployments().inNamespace(namespace)),
            clock),
        new KubernetesRunParts(
            client.resources(RunPart.class).inNamespace(namespace),
            client.resources(PlanResource.class).inNamespace(namespace),
            known),
        new KubernetesInstances(
            client.pods().inNamespace(namespace), index, known, keys, settings, clock),
        keys,
        answers,
        watch);
  }

  /**
   * A client of the cluster that the surroundings name: KUBECONFIG, or the pod's service account.
   * It tries nothing twice: a broker delivers an event again, and longer pauses suit it better.
   *
   * @param http may add to its HTTP client
   */
  public static KubernetesClient client(Consumer<HttpClient.Builder> http) {
    Config config =
        new ConfigBuilder()
            .withConnectionTimeout((int) CONNECT_LIMIT.toMillis())
            .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
            .withRequestRetryBackoffLimit(0)
            // over the connection that is there, where a web socket would open one of its own
            .withOnlyHttpWatches(true)
            // who watches lists again first, so nothing is missed
            .withWatchReconnectLimit(0)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(SparseReading.serialization())
        .withHttpClientBuilderConsumer(http)
        .build();
  }

  /** Ends the watch. */
  @Override
  public void close() {
    watch.close();
  }
}
