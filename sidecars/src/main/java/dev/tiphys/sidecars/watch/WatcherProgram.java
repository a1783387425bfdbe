package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.KubernetesPlans;
import dev.tiphys.functions.kubernetes.RootKeySecret;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.sidecars.program.Program;
import dev.tiphys.sidecars.publish.HttpTransport;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run watcher as a program. It keeps nothing that it could not see again, so it may be killed
 * at any time.
 */
public final class WatcherProgram implements Program {
  private static final Logger LOG = LoggerFactory.getLogger(WatcherProgram.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final WatcherSettings settings;
  private final InstantSource clock = InstantSource.system();
  private final RunWatch watch;
  private final ClusterWatch shown;
  private final Thread sleep;
  private final NamespaceEnd end;
  private final PlanRoutes routes;
  private final @Nullable WatcherMetrics metrics;
  private @Nullable RootKey root;

  /** Asks the API server for plans and kinds, which the watch of runs must not wait for. */
  private final ExecutorService objects =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("objects").factory());

  private WatcherProgram(KubernetesClient client, WatcherSettings settings) {
    this.client = client;
    this.settings = settings;
    Lanes lanes = new Lanes(this::keys, this::transport, Surroundings.real());
    ClusterFinalizers finalizers = new ClusterFinalizers(client, settings.namespace());
    this.watch =
        new RunWatch(
            lanes,
            finalizers,
            new ClusterTraces(client, settings.namespace()),
            new ClusterEventRecorder(client, settings.namespace(), clock),
            clock);
    this.routes = new PlanRoutes(client, settings.namespace());
    this.end = new NamespaceEnd(client, settings.namespace(), finalizers, clock);
    this.shown = ClusterWatch.start(client, settings.namespace(), watch, watches());
    this.metrics = metrics(watch, settings.metricsPort());
    this.sleep = Thread.ofVirtual().name("sleep").start(this::sleepWhenIdle);
    LOG.info("watches namespace {}", settings.namespace());
  }

  /** Starts it, by the cluster that its service account, or {@code KUBECONFIG}, names. */
  public static Start start(Map<String, String> environment) {
    return switch (WatcherSettings.from(environment)) {
      case WatcherSettings.Usable(WatcherSettings settings) ->
          new Started(
              new WatcherProgram(
                  new KubernetesClientBuilder()
                      .withKubernetesSerialization(ExactNumbers.serialization())
                      .build(),
                  settings));
      case WatcherSettings.Unusable(List<String> problems) -> new WrongSettings(problems);
    };
  }

  /** A run goes on without metrics, too. */
  private static @Nullable WatcherMetrics metrics(RunWatch watch, @Nullable Integer port) {
    try {
      return port == null ? null : WatcherMetrics.of(watch, new InetSocketAddress(port));
    } catch (IOException e) {
      LOG.warn("metrics cannot be read at port {}", port, e);
      return null;
    }
  }

  private ObjectWatches watches() {
    return new ObjectWatches(
        KubernetesPlans.in(client, settings.namespace()),
        new ClusterObjects(client, settings.namespace()),
        watch::offer,
        clock,
        objects);
  }

  private Transport transport(Sink sink) {
    return sink.audience() == null
        ? HttpTransport.to(sink.address())
        : HttpTransport.to(
            sink.address(),
            OwnTokens.of(client, settings.namespace(), Marks.WATCHER, sink.audience(), clock));
  }

  /** Of the root key as {@code begin} has filled it; read once, as versions stay. */
  private synchronized Optional<RunKeys> keys(WatchedRun run) {
    if (root == null) {
      root = RootKeySecret.find(client.secrets().inNamespace(settings.namespace())).orElse(null);
    }
    return Optional.ofNullable(root).map(it -> new RunKeys(it, run.uid()));
  }

  private void sleepWhenIdle() {
    Sleep sleepiness =
        new Sleep(new ClusterReplicas(client, settings.namespace(), clock), settings.idle());
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY);
        look(sleepiness);
      }
    } catch (InterruptedException e) {
      LOG.debug("ends", e);
    }
  }

  private void look(Sleep sleepiness) {
    try {
      watch.wake();
      lookAfterPlans();
      sleepiness.look(watch.idle() && routes.settled(), clock.instant());
    } catch (RuntimeException e) {
      LOG.warn("cannot fall asleep now: {}", e.toString());
    }
  }

  private void lookAfterPlans() {
    try {
      routes.look(watch.runs(), clock.instant());
    } catch (RuntimeException e) {
      LOG.warn("cannot look after plans now: {}", e.toString());
    }
  }

  /** At once: what is not published yet is told by the next watcher. */
  @Override
  public int end() throws InterruptedException {
    sleep.interrupt();
    objects.shutdownNow();
    if (metrics != null) {
      metrics.close();
    }
    end.letGo();
    return OK;
  }

  @Override
  public CompletableFuture<Void> failed() {
    return shown.blind();
  }
}
