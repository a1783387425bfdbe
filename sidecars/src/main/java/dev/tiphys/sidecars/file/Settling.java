package dev.tiphys.sidecars.file;

import dev.tiphys.triggers.plan.FileWatch.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what has become of files. It knows what was told of each, and the paths that may have
 * changed since, in the order of their last change; however often a path changes it is in that
 * queue once, so a slow reader gets the newest state. Not for several threads.
 */
final class Settling {
  private final NavigableMap<String, Told> told;
  private final Map<Long, String> byInode = new HashMap<>();
  private final LinkedHashMap<String, Unsettled> unsettled = new LinkedHashMap<>();
  private final long settle;
  private @Nullable String current;

  /**
   * @param told what earlier lives have told; from now on this object changes it
   * @param settle how long a path has to be left alone, in nanoseconds
   */
  Settling(NavigableMap<String, Told> told, long settle) {
    this.told = told;
    this.settle = settle;
    told.forEach((path, file) -> byInode.put(file.state().inode(), path));
  }

  /** How a path is looked at. */
  @FunctionalInterface
  interface Look {
    /** Empty where there is no regular file. */
    Optional<FileState> at(String path) throws IOException;
  }

  /** How many files are known of. */
  int size() {
    return told.size() + unsettled.size();
  }

  /** Something about the path has changed. */
  void touched(String path, long now) {
    put(of(path, now).changed(now));
  }

  /** Its content has changed, or somebody has it open to do that. */
  void written(String path, long now) {
    put(of(path, now).changed(now).open(true));
  }

  /** Who wrote it has closed it. */
  void closed(String path, long now) {
    put(of(path, now).changed(now).open(false));
  }

  /** It was deleted; what nobody was told of is forgotten, so that temporary files cost nothing. */
  void deleted(String path, long now) {
    if (told.containsKey(path) || path.equals(current)) {
      touched(path, now);
    } else {
      unsettled.remove(path);
    }
  }

  /** It was renamed. */
  void moved(String from, String to, long now) {
    Unsettled source = of(from, now);
    String origin = source.origin() == null ? from : source.origin();
    touched(from, now);
    put(of(origin, now).to(to));
    put(of(to, now).changed(now).from(origin).open(source.open()));
  }

  /** Everything below a folder was deleted or moved away. */
  void folderGone(String folder, long now) {
    List.copyOf(told.subMap(folder + "/", folder + "0").keySet())
        .forEach(path -> touched(path, now));
  }

  /** A scan came across it. */
  void seen(String path, FileState state, long now) {
    Unsettled known = unsettled.get(path);
    if (known != null) {
      if (!state.equals(known.seen())) {
        put(known.seen(state, now));
      }
    } else if (!new Told(state, true).equals(told.get(path))) {
      put(Unsettled.at(path, now).seen(state, now));
    }
  }

  /** A scan of all is over, and came across these alone. */
  void sawAll(Set<String> seen, long now) {
    for (String path : told.keySet()) {
      if (!seen.contains(path) && !unsettled.containsKey(path)) {
        touched(path, now);
      }
    }
    if (current != null && !seen.contains(current)) {
      touched(current, now);
    }
  }

  /** When the next path is due, on the clock of the changes; empty if none is unsettled. */
  Optional<Long> nextDue() {
    return unsettled.isEmpty()
        ? Optional.empty()
        : Optional.of(unsettled.firstEntry().getValue().since() + settle);
  }

  /** Takes the path that has been left alone longest; there has to be one. */
  Unsettled take() {
    Unsettled next = unsettled.pollFirstEntry().getValue();
    current = next.path();
    return next;
  }

  /**
   * What has become of it.
   *
   * @param now what is there; null: no regular file
   * @param clock the time, on the clock of the changes
   * @param last whether nothing will change any more, so that there is no point in waiting
   */
  Decision decide(Unsettled taken, @Nullable FileState now, Look look, long clock, boolean last)
      throws IOException {
    Told before = told.get(taken.path());
    if (now == null) {
      return before == null ? new Decision.Nothing() : gone(taken);
    }
    if (!last && taken.seen() != null && !taken.seen().equals(now)) {
      return new Decision.Later(taken.seen(now, clock));
    }
    boolean closed = !taken.open();
    if (before != null && before.state().equals(now)) {
      return closed && !before.closed()
          ? settled(taken, null, new Told(now, true), List.of(Change.CLOSE_WRITE))
          : new Decision.Nothing();
    }
    String from = renamedFrom(taken, now, look);
    return from == null ? content(taken, before, now) : renamed(taken, from, now);
  }

  /** Takes note of what was decided about the path that was taken. */
  void apply(Decision decision) {
    current = null;
    switch (decision) {
      case Decision.Nothing _ -> {}
      case Decision.Later(Unsettled again) -> {
        if (!unsettled.containsKey(again.path())) {
          put(again);
        }
      }
      case Decision.Settled settled -> {
        if (settled.from() != null) {
          forget(settled.from());
        }
        forget(settled.path());
        if (settled.now() != null) {
          told.put(settled.path(), settled.now());
          byInode.put(settled.now().state().inode(), settled.path());
        }
      }
    }
  }

  /**
   * A path is gone when it is missing at a second look too, which comes after what changed before
   * the first: there the file may turn up under another name.
   */
  private Decision gone(Unsettled taken) {
    Unsettled target = taken.target() == null ? null : unsettled.get(taken.target());
    // of files that were renamed in a circle and deleted, each would wait for the other
    boolean elsewhere = target != null && !target.missing();
    return taken.missing() && !elsewhere
        ? settled(taken, null, null, List.of(Change.DELETE))
        : new Decision.Later(taken.missingOnce());
  }

  private static Decision content(Unsettled taken, @Nullable Told before, FileState now) {
    List<Change> changes = new ArrayList<>();
    changes.add(before == null ? Change.CREATE : Change.UPDATE);
    if (!taken.open()) {
      changes.add(Change.CLOSE_WRITE);
    }
    return settled(taken, null, new Told(now, !taken.open()), changes);
  }

  private Decision renamed(Unsettled taken, String from, FileState now) {
    Told before = told.get(from);
    boolean closedBefore = before != null && before.closed() && before.state().equals(now);
    List<Change> changes = new ArrayList<>();
    changes.add(Change.RENAME);
    if (!taken.open() && !closedBefore) {
      changes.add(Change.CLOSE_WRITE);
    }
    return settled(taken, from, new Told(now, !taken.open() || closedBefore), changes);
  }

  private static Decision settled(
      Unsettled taken, @Nullable String from, @Nullable Told now, List<Change> changes) {
    return new Decision.Settled(taken.path(), from, now, changes);
  }

  /**
   * A file of which something was told under another path that it has no longer. Without a
   * notification that says so only an unchanged file is the same: numbers of inodes come again.
   */
  private @Nullable String renamedFrom(Unsettled taken, FileState now, Look look)
      throws IOException {
    String origin = taken.origin();
    if (origin != null && wasThere(origin, now) && left(taken, origin, now, look)) {
      return origin;
    }
    String twin = byInode.get(now.inode());
    Told file = twin == null ? null : told.get(twin);
    return twin != null && file != null && file.state().equals(now) && left(taken, twin, now, look)
        ? twin
        : null;
  }

  private boolean wasThere(String path, FileState now) {
    Told file = told.get(path);
    return file != null && file.state().inode() == now.inode();
  }

  private static boolean left(Unsettled taken, String path, FileState now, Look look)
      throws IOException {
    return !path.equals(taken.path())
        && look.at(path).map(FileState::inode).filter(inode -> inode == now.inode()).isEmpty();
  }

  private void forget(String path) {
    Told file = told.remove(path);
    if (file != null) {
      byInode.remove(file.state().inode(), path);
    }
  }

  private Unsettled of(String path, long now) {
    Unsettled known = unsettled.get(path);
    return known == null ? Unsettled.at(path, now) : known;
  }

  private void put(Unsettled path) {
    unsettled.putLast(path.path(), path);
  }
}
