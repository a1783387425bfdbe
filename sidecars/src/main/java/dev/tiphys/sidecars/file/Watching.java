package dev.tiphys.sidecars.file;

import dev.tiphys.triggers.plan.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the kernel tell of changes where it can and nobody said otherwise, and else looks itself. */
final class Watching implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

  /** How often to look where nobody said. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** File systems that other machines can change without this one's kernel knowing. */
  private static final Set<String> SHARED =
      Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "virtiofs", "lustre", "gfs2");

  private final Tree tree;
  private final Source notifications;
  private final Source polling;
  private final boolean poll;

  private Watching(Tree tree, Source notifications, Source polling, boolean poll) {
    this.tree = tree;
    this.notifications = notifications;
    this.polling = polling;
    this.poll = poll;
  }

  static Watching of(FileWatch watch, Tree tree, Changes changes) {
    Scan scan = new Scan(tree, changes);
    Duration interval = watch.pollMillis() == null ? POLL : Duration.ofMillis(watch.pollMillis());
    return new Watching(
        tree,
        new Notifications(tree, scan, changes),
        new Polling(scan, interval),
        watch.pollMillis() != null);
  }

  @Override
  public void run() throws IOException, InterruptedException {
    if (!poll && !shared(Files.getFileStore(tree.root()).type())) {
      try {
        notifications.run();
        return;
      } catch (Inotify.UnavailableException e) {
        LOG.warn("{} is polled: {}", tree.root(), e.getMessage());
      }
    }
    polling.run();
  }

  @Override
  public void end() {
    notifications.end();
    polling.end();
  }

  private static boolean shared(String type) {
    return SHARED.contains(type) || type.startsWith("fuse");
  }
}
