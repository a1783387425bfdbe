package dev.tiphys.sidecars.file;

import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.FileWatch.Change;
import io.cloudevents.core.data.BytesCloudEventData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final Logger LOG = LoggerFactory.getLogger(FileWatcher.class);

  /** How often to look where the kernel does not tell. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** File systems that others can change without the kernel of this machine knowing. */
  private static final Set<String> SHARED =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "virtiofs", "lustre", "gfs2");

  private final FileWatch watch;
  private final Tree tree;
  private final Scan scan;
  private final Changes changes;
  private final Publisher publisher;
  private final Journal journal;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private Source source;

  private FileWatcher(
      FileWatch watch,
      Path root,
      Publisher publisher,
      Journal journal,
      TreeMap<String, Told> told) {
    this.watch = watch;
    this.tree = new Tree(root, Selection.of(watch));
    this.changes = new Changes(told, TimeUnit.MILLISECONDS.toNanos(watch.settleMillis()));
    this.scan = new Scan(tree, changes);
    this.publisher = publisher;
    this.journal = journal;
    this.source = source();
  }

  /**
   * Watches the files, with nothing told of any before.
   *
   * @param root where the volume is
   */
  public static FileWatcher start(FileWatch watch, Path root, Publisher publisher) {
    return new FileWatcher(watch, root, publisher, Journal.NONE, new TreeMap<>()).start();
  }

  /** Goes on where an earlier life left off. */
  static FileWatcher resume(
      FileWatch watch, Path root, Publisher publisher, FileJournal journal) {
    return new FileWatcher(watch, root, publisher, journal, journal.told()).start();
  }

  /** Says that the task has ended: what is there is told, and then the stream ends. */
  public synchronized void end() {
    source.end();
  }

  /** Completes, exceptionally, when the files cannot be watched any further. */
  CompletableFuture<Void> failed() {
    return failed.copy();
  }

  private FileWatcher start() {
    // a platform thread: it waits in the kernel
    Thread.ofPlatform().daemon().name("files").start(this::see);
    Thread.ofVirtual().name("changes").start(this::tell);
    return this;
  }
}
