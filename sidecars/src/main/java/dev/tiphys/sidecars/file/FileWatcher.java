package dev.tiphys.sidecars.file;

import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.FileWatch.Change;
import dev.tiphys.triggers.plan.FileWatch.Content;
import io.cloudevents.core.data.BytesCloudEventData;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what becomes of files into events. One thread sees changes, another tells of them: a slow
 * sink holds the second up, and what changes meanwhile is told as it is by then.
 */
public final class FileWatcher {
  /** Name of its stream. */
  public static final String STREAM = "files";

  private static final Logger LOG = LoggerFactory.getLogger(FileWatcher.class);

  private final FileWatch watch;
  private final Tree tree;
  private final Changes changes;
  private final Publisher publisher;
  private final Journal journal;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final Source source;

  private FileWatcher(
      FileWatch watch,
      Path root,
      Publisher publisher,
      Journal journal,
      NavigableMap<String, Told> told) {
    this.watch = watch;
    this.tree = new Tree(root, Selection.of(watch));
    this.changes = new Changes(told, TimeUnit.MILLISECONDS.toNanos(watch.settleMillis()));
    this.publisher = publisher;
    this.journal = journal;
    this.source = Watching.of(watch, tree, changes);
  }

  /**
   * Watches the files, with nothing told of any before.
   *
   * @param root where the volume is
   */
  public static FileWatcher start(FileWatch watch, Path root, Publisher publisher) {
    return started(new FileWatcher(watch, root, publisher, Journal.NONE, new TreeMap<>()));
  }

  /** Goes on where an earlier life left off. */
  static FileWatcher resume(FileWatch watch, Path root, Publisher publisher, FileJournal journal) {
    return started(new FileWatcher(watch, root, publisher, journal, journal.told()));
  }

  /** Says that the task has ended: what is there is told, and then the stream ends. */
  public void end() {
    source.end();
  }

  /** Completes, exceptionally, when the files cannot be watched any further. */
  CompletableFuture<Void> failed() {
    return failed.copy();
  }

  private static FileWatcher started(FileWatcher files) {
    // a platform thread: it waits in the kernel
    Thread.ofPlatform().daemon().name("files").start(files::see);
    Thread.ofVirtual().name("changes").start(files::tell);
    return files;
  }

  private void see() {
    try {
      source.run();
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      changes.end();
    }
  }

  private void tell() {
    try {
      for (byte[] data : journal.pending()) {
        publisher.publish(new Emission(BytesCloudEventData.wrap(data)));
      }
      Optional<Unsettled> next = changes.take();
      while (next.isPresent()) {
        tell(next.get());
        next = changes.take();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // the next life of one that has failed has more to tell
      if (!failed.isDone() || journal == Journal.NONE) {
        publisher.end();
      }
    }
  }

  private void fail(Exception cause) {
    LOG.error("the files of {} cannot be watched any further", tree.root(), cause);
    failed.completeExceptionally(cause);
  }

  private void tell(Unsettled taken) throws IOException, InterruptedException {
    Optional<FileState> now;
    try {
      now = tree.state(taken.path());
    } catch (AccessDeniedException e) {
      LOG.warn("{} cannot be looked at", tree.path(taken.path()));
      changes.done(new Decision.Nothing());
      return;
    }
    Decision decision = changes.decide(taken, now, tree::state);
    if (decision instanceof Decision.Settled settled) {
      publish(settled);
    } else {
      changes.done(decision);
    }
  }

  private void publish(Decision.Settled settled) throws IOException, InterruptedException {
    List<Change> wanted = settled.changes().stream().filter(watch.on()::contains).toList();
    Optional<FileContent> content = content(settled, wanted);
    if (content.isEmpty()) {
      changes.done(new Decision.Nothing());
      changes.note((settling, now) -> settling.touched(settled.path(), now));
      return;
    }
    String root = tree.root().toString();
    List<Emission> events =
        wanted.stream()
            .map(kind -> Emission.of(FileEvent.of(kind, settled, root, content.get())))
            .toList();
    journal.add(settled, events.stream().map(event -> event.data().toBytes()).toList());
    changes.done(settled);
    for (Emission event : events) {
      publisher.publish(event);
    }
  }

  /** Empty if the file has changed while it was read: it has not settled. */
  private Optional<FileContent> content(Decision.Settled settled, List<Change> wanted)
      throws IOException {
    Told now = settled.now();
    if (now == null || wanted.isEmpty()) {
      return Optional.of(FileContent.NONE);
    }
    FileContent content =
        switch (watch.content()) {
          case NONE -> FileContent.NONE;
          case INLINE -> FileContent.inline(tree.root(), settled.path(), watch.maxBytes());
          case REFERENCE -> FileContent.reference(tree.root(), settled.path());
        };
    boolean same =
        watch.content() == Content.NONE
            || tree.state(settled.path()).filter(now.state()::equals).isPresent();
    return same ? Optional.of(content) : Optional.empty();
  }
}
