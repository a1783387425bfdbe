package dev.tiphys.functions.shell;

import dev.tiphys.functions.ReactionObserver;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.authorize.TokenCheck;
import dev.tiphys.functions.deadletter.DeadLetters;
import dev.tiphys.functions.kubernetes.KubernetesCluster;
import dev.tiphys.functions.kubernetes.TokenChecks;
import dev.tiphys.functions.kubernetes.pod.PodSettings;
import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Backlog;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.delivery.Scheduler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, as the functions need it.
 *
 * @param answers whether it can be reached now
 * @param tokens says who may call; null: everybody
 * @param connection what is to be closed in the end
 */
record Cluster(
    Plans plans,
    Runs runs,
    RunParts parts,
    Instances instances,
    Keys keys,
    BooleanSupplier answers,
    @Nullable TokenCheck tokens,
    Runnable connection)
    implements AutoCloseable {

  /**
   * How long nothing from outside may have come before a step that only such events start is
   * complete: a Broker brings what it has taken within a second or so, and again if that fails.
   */
  private static final Duration QUIET = Duration.ofSeconds(10);

  /** Plans in this process, as they are now. */
  static Cluster inMemory(Plans plans, InstantSource clock) {
    return new Cluster(
        plans,
        new InMemoryRuns(),
        new InMemoryRunParts(),
        new InMemoryInstances(clock),
        new InMemoryKeys(new SecureRandom()),
        () -> true,
        null,
        () -> {});
  }

  /** A namespace of a cluster; need not be reachable yet. */
  static Cluster on(ClusterSettings.Kubernetes settings, InstantSource clock, Metrics metrics) {
    KubernetesClient client =
        KubernetesCluster.client(
            http -> http.addOrReplaceInterceptor("api-times", new ApiTimes(metrics)));
    KubernetesCluster cluster =
        KubernetesCluster.open(
            client, settings.namespace(), new PodSettings(settings.sidecarsImage()), clock);
    return new Cluster(
        cluster.plans(),
        cluster.runs(),
        cluster.parts(),
        cluster.instances(),
        cluster.keys(),
        cluster.answers(),
        tokens(client, settings, clock),
        () -> {
          cluster.close();
          client.close();
        });
  }

  private static @Nullable TokenCheck tokens(
      KubernetesClient client, ClusterSettings.Kubernetes settings, InstantSource clock) {
    ClusterSettings.Audience own = settings.own();
    return own == null
        ? null
        : TokenChecks.of(client, settings.namespace(), own.service(), own.name(), clock);
  }

  Reactions reactions(InstantSource clock, ReactionObserver observer) {
    return new Reactions(
        plans, runs, parts, instances, keys, clock, observer, Backlog.unknown(QUIET));
  }

  /** Keeps dead letters; to be closed before this is. */
  DeadLetters deadLetters(InstantSource clock, Scheduler scheduler) {
    return new DeadLetters(plans, runs, keys, parts, clock, scheduler, DeadLetters.PACE);
  }

  @Override
  public void close() {
    connection.run();
  }
}
