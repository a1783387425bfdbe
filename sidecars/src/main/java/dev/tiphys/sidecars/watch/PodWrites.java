package dev.tiphys.sidecars.watch;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the cluster's pods, one after another, and none twice at a time. */
final class PodWrites {
  private static final Logger LOG = LoggerFactory.getLogger(PodWrites.class);

  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService worker;

  /**
   * @param name of the thread
   */
  PodWrites(String name) {
    this.worker = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
  }

  void soon(TaskPod pod, Runnable work) {
    if (underWay.add(pod.uid())) {
      worker.execute(() -> guarded(pod, work));
    }
  }

  /** A conflict means that the pod has changed: it will be seen, and asked for again. */
  private void guarded(TaskPod pod, Runnable work) {
    try {
      work.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn("{} cannot be written to now", pod.name(), e);
      }
    } finally {
      underWay.remove(pod.uid());
    }
  }
}
