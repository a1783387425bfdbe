package dev.tiphys.sidecars.file;

import dev.tiphys.sidecars.publish.Numbering;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the {@code filewatcher} on a cluster. It can be killed at any time; the next life
 * publishes again what was not known to be published, with the same ids and numbers, and then what
 * has changed meanwhile.
 */
final class FileSidecar {
  private static final Logger LOG = LoggerFactory.getLogger(FileSidecar.class);

  /** How much of what is published a kill may make the next life publish again. */
  private static final Duration KEEP_EVERY = Duration.ofMillis(100);

  private final FileJournal journal;
  private final Path stoppedBefore;
  private final Publisher publisher;
  private final FileWatcher files;
  private final OnStop onStop;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  private FileSidecar(FileSettings settings, Transport transport, Surroundings surroundings)
      throws IOException {
    String container = settings.common().contract().origin().container();
    this.onStop = settings.common().onStop();
    this.stoppedBefore = settings.common().state().resolve(container + ".stopped");
    this.journal = FileJournal.open(settings.common().state(), container);
    this.publisher =
        Publisher.start(
            settings.common().contract(),
            FileWatcher.STREAM,
            new Numbering(journal.acknowledged() + 1, journal::acknowledged),
            transport,
            surroundings);
    LOG.info("begins after event {}", journal.acknowledged());
    if (Files.exists(stoppedBefore)) {
      stopped();
    }
    this.files = FileWatcher.resume(settings.files(), settings.root(), publisher, journal);
  }

  /** Begins to watch and to publish. */
  static FileSidecar start(FileSettings settings, Transport transport, Surroundings surroundings)
      throws IOException {
    FileSidecar sidecar = new FileSidecar(settings, transport, surroundings);
    CompletableFuture<Void> _ = sidecar.files.failed().exceptionally(sidecar::fail);
    CompletableFuture<Void> _ =
        sidecar.publisher.done().thenAccept(ending -> {}).exceptionally(sidecar::fail);
    Thread.ofVirtual().name("keep").start(sidecar::keep);
    return sidecar;
  }

  /** Says that the task is being stopped; it has yet to end. */
  void stopped() {
    if (onStop == OnStop.DRAIN || !stopped.compareAndSet(false, true)) {
      return;
    }
    LOG.info("the task is being stopped: what is not published is thrown away");
    publisher.discard();
    try {
      Files.writeString(stoppedBefore, "");
    } catch (IOException e) {
      LOG.warn("a next life will not know of the stop: {}", e.toString());
    }
  }

  /**
   * Says that the task has ended; returns when its stream has.
   *
   * @return whether all of it is published
   */
  boolean end(Duration grace) throws InterruptedException {
    files.end();
    return publisher.endsWithin(grace);
  }

  /** Completes, exceptionally, when the files cannot be watched any further. */
  CompletableFuture<Void> failed() {
    return failed.copy();
  }

  private @Nullable Void fail(Throwable cause) {
    failed.completeExceptionally(cause);
    return null;
  }

  private void keep() {
    try {
      while (!publisher.done().isDone()) {
        Thread.sleep(KEEP_EVERY);
        journal.keep();
      }
    } catch (IOException e) {
      LOG.error("what is published cannot be kept; a restart would publish again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
