package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as objects of the cluster, one after another. */
final class ClusterEventRecorder implements EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterEventRecorder.class);

  /** What still waits to be written; more is lost. */
  private static final int WAITING_MAX = 1_000;

  /** Of an Event's message, in characters. */
  private static final int MESSAGE_MAX = 1_024;

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private final ExecutorService worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          Thread.ofVirtual().name("events").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  ClusterEventRecorder(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  @Override
  public void record(KubernetesEvent event) {
    Instant now = clock.instant();
    worker.execute(() -> write(event, now));
  }

  private void write(KubernetesEvent event, Instant now) {
    try {
      client.v1().events().inNamespace(namespace).resource(object(event, namespace, now)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn("an Event of {} is lost: HTTP {}", event.run().name(), e.getCode());
        LOG.debug("it was answered", e);
      }
    }
  }

  /** The object; one for each key of a run. */
  static Event object(KubernetesEvent event, String namespace, Instant now) {
    WatchedRun run = event.run();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    byte[] key = (run.uid() + "/" + event.key()).getBytes(StandardCharsets.UTF_8);
    String message = event.message();
    return new EventBuilder()
        .withNewMetadata()
        .withName(run.name() + "." + UUID.nameUUIDFromBytes(key))
        .endMetadata()
        .withNewInvolvedObject()
        .withNamespace(namespace)
        .withApiVersion(HasMetadata.getApiVersion(WorkflowRun.class))
        .withKind(HasMetadata.getKind(WorkflowRun.class))
        .withName(run.name())
        .withUid(run.uid())
        .endInvolvedObject()
        .withType(event.type().text())
        .withReason(event.reason())
        .withMessage(message.substring(0, Math.min(message.length(), MESSAGE_MAX)))
        .withNewSource()
        .withComponent(Marks.WATCHER)
        .endSource()
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }
}
