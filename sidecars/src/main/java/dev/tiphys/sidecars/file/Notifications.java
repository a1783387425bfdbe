package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel tell of changes. A folder is watched first and looked at then, so that nothing is
 * missed between; where the kernel had to throw notifications away, all is looked at.
 */
final class Notifications implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

  /** How often to look whether the task has ended. */
  private static final int WAIT_MILLIS = 100;

  /** First halves of renames whose second halves have not come; a file that has left has none. */
  private static final int MAX_HALVES = 1_000;

  private final Tree tree;
  private final Scan scan;
  private final Changes changes;
  private final Map<Integer, String> folders = new HashMap<>();
  private final TreeMap<String, Integer> watches = new TreeMap<>();
  private final SequencedMap<Integer, String> halves = new LinkedHashMap<>();
  private volatile boolean ended;

  Notifications(Tree tree, Scan scan, Changes changes) {
    this.tree = tree;
    this.scan = scan;
    this.changes = changes;
  }

  @Override
  public void run() throws IOException {
    try (Inotify inotify = Inotify.open()) {
      scan.all(folder -> watch(folder, inotify));
      while (!ended) {
        readAll(WAIT_MILLIS, inotify);
      }
      readAll(0, inotify);
      scan.all(folder -> {});
    }
  }

  @Override
  public void end() {
    ended = true;
  }

  private void readAll(int millis, Inotify inotify) throws IOException {
    boolean more = inotify.read(millis, (w, mask, c, name) -> on(w, mask, c, name, inotify));
    while (more) {
      more = inotify.read(0, (w, mask, c, name) -> on(w, mask, c, name, inotify));
    }
  }

  private void on(int watch, int mask, int cookie, ByteBuffer name, Inotify inotify)
      throws IOException {
    if (has(mask, Inotify.OVERFLOW)) {
      LOG.info("more changes at once than the kernel keeps: all is looked at");
      scan.all(folder -> watch(folder, inotify));
      return;
    }
    String folder = folders.get(watch);
    if (folder == null) {
      return;
    }
    if (has(mask, Inotify.IGNORED)) {
      folders.remove(watch);
      watches.remove(folder, watch);
      return;
    }
    // what has no name in UTF-8 is not there
    Optional<String> text = name.hasRemaining() ? FileNames.decode(name) : Optional.empty();
    if (text.isPresent()) {
      String path = Tree.below(folder, text.get());
      if (has(mask, Inotify.IS_FOLDER)) {
        onFolder(path, mask, inotify);
      } else {
        onFile(path, mask, cookie);
      }
    }
  }

  private void onFolder(String path, int mask, Inotify inotify) throws IOException {
    if (has(mask, Inotify.CREATE | Inotify.MOVED_TO)) {
      if (tree.selection().enters(path)) {
        scan.below(path, folder -> watch(folder, inotify));
      }
    } else if (has(mask, Inotify.DELETE | Inotify.MOVED_FROM)) {
      forget(path, inotify);
      changes.note((settling, now) -> settling.folderGone(path, now));
    }
  }

  private void onFile(String path, int mask, int cookie) throws IOException {
    String from = has(mask, Inotify.MOVED_TO) ? halves.remove(cookie) : null;
    if (!tree.selection().matches(path)) {
      return;
    }
    if (has(mask, Inotify.MOVED_FROM)) {
      halves.put(cookie, path);
      if (halves.size() > MAX_HALVES) {
        halves.pollFirstEntry();
      }
    }
    changes.note((settling, now) -> note(path, from, mask, settling, now));
  }

  private static void note(
      String path, @Nullable String from, int mask, Settling settling, long now) {
    if (from != null) {
      settling.moved(from, path, now);
    } else if (has(mask, Inotify.DELETE)) {
      settling.deleted(path, now);
    } else if (has(mask, Inotify.CLOSE_WRITE | Inotify.MOVED_TO)) {
      // what comes from where nobody looks is taken to be whole
      settling.closed(path, now);
    } else if (has(mask, Inotify.CREATE | Inotify.MODIFY)) {
      settling.written(path, now);
    } else {
      settling.touched(path, now);
    }
  }

  private void watch(String folder, Inotify inotify) throws IOException {
    Optional<Integer> watch = inotify.add(Tree.below(tree.root().toString(), folder));
    if (watch.isPresent()) {
      folders.put(watch.get(), folder);
      watches.put(folder, watch.get());
    }
  }

  /** Folders that have gone, and may be found again elsewhere. */
  private void forget(String folder, Inotify inotify) {
    Integer own = watches.remove(folder);
    SortedMap<String, Integer> below = watches.subMap(folder + "/", folder + "0");
    below.values().forEach(watch -> forget(watch, inotify));
    below.clear();
    if (own != null) {
      forget(own, inotify);
    }
  }

  private void forget(int watch, Inotify inotify) {
    folders.remove(watch);
    inotify.remove(watch);
  }

  private static boolean has(int mask, int bits) {
    return (mask & bits) != 0;
  }
}
