package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index of the namespace's task pods: lists them, watches from there, and does so again
 * when the watch ends. It goes on by itself until it is closed.
 */
final class PodWatch implements AutoCloseable {
  /** A watch tells at least once a minute that it has nothing to tell. */
  private static final Duration SILENCE = Duration.ofSeconds(150);

  /** Pods per answer, so that no answer is large. */
  private static final long PAGE = 200;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(PodWatch.class);

  private final FilterWatchListDeletable<Pod, PodList, PodResource> pods;
  private final PodIndex index;
  private final Thread thread;

  private PodWatch(KubernetesClient client, String namespace, PodIndex index) {
    this.pods = client.pods().inNamespace(namespace).withLabel(Marks.RUN);
    this.index = index;
    this.thread = Thread.ofVirtual().name("pod-watch").unstarted(this::run);
  }

  /** Begins to fill the index, in the background. */
  static PodWatch start(KubernetesClient client, String namespace, PodIndex index) {
    PodWatch watch = new PodWatch(client, namespace, index);
    watch.thread.start();
    return watch;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          watchFrom(list());
          pause = FIRST_PAUSE;
        } catch (RuntimeException e) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          log.warn("the task pods cannot be watched now: {}", e.getMessage());
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String list() {
    List<SeenPod> all = new ArrayList<>();
    String version;
    @Nullable String next = null;
    do {
      PodList page = page(next);
      page.getItems().stream().map(SeenPod::of).flatMap(Optional::stream).forEach(all::add);
      // of all pages the same: they show the moment of the first
      version = page.getMetadata().getResourceVersion();
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    index.listed(all, Long.parseLong(version));
    return version;
  }

  private PodList page(@Nullable String from) {
    ListOptions options = from == null ? Lists.notOlderThan(index.told()) : new ListOptions();
    options.setLimit(PAGE);
    options.setContinue(from);
    if (ApiCall.of("the task pods", () -> pods.list(options))
        instanceof Answer.Done<PodList>(PodList page)) {
      return page;
    }
    throw new Unavailable("the task pods cannot be listed");
  }

  private void watchFrom(String version) throws InterruptedException {
    ListOptions options =
        new ListOptionsBuilder().withResourceVersion(version).withAllowWatchBookmarks(true).build();
    Session session = new Session(index);
    if (!(ApiCall.of("watch of the task pods", () -> pods.watch(options, session))
        instanceof Answer.Done<Watch>(Watch watch))) {
      throw new Unavailable("the task pods cannot be watched");
    }
    try {
      session.awaitEnd();
    } finally {
      index.lost();
      watch.close();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** One watch, from a list until it ends. */
  private static final class Session implements Watcher<Pod> {
    private final PodIndex index;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long heardAt = System.nanoTime();

    Session(PodIndex index) {
      this.index = index;
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
      heardAt = System.nanoTime();
      ObjectMeta metadata = pod.getMetadata();
      long version = SeenPod.version(metadata);
      switch (action) {
        case ADDED, MODIFIED ->
            SeenPod.of(pod).ifPresentOrElse(index::changed, () -> index.reached(version));
        case DELETED -> index.gone(metadata.getName(), metadata.getUid(), version);
        case BOOKMARK -> index.reached(version);
        case ERROR -> ended.countDown();
      }
    }

    @Override
    public void onClose() {
      ended.countDown();
    }

    @Override
    public void onClose(WatcherException cause) {
      ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
      long left = SILENCE.toNanos();
      // a connection that was cut without a word
      while (left > 0 && !ended.await(left, TimeUnit.NANOSECONDS)) {
        left = SILENCE.toNanos() - (System.nanoTime() - heardAt);
      }
    }
  }
}
