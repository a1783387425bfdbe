package dev.tiphys.sidecars.file;

import org.jspecify.annotations.Nullable;

/**
 * A path that may have changed.
 *
 * @param since when it changed last, in nanoseconds of some clock
 * @param open whether it was written to, and its writer has not closed it since
 * @param seen how a scan saw it last; null: notifications tell of each change
 * @param missing whether it was looked at already, and was not there
 * @param origin the path that was renamed to it; null: none that is known
 * @param target the path that it was renamed to; null: likewise
 */
record Unsettled(
    String path,
    long since,
    boolean open,
    @Nullable FileState seen,
    boolean missing,
    @Nullable String origin,
    @Nullable String target) {

  static Unsettled at(String path, long now) {
    return new Unsettled(path, now, false, null, false, null, null);
  }

  /** Changed just now, of which a notification tells. */
  Unsettled changed(long now) {
    return new Unsettled(path, now, open, null, false, origin, target);
  }

  /** Changed just now, as a scan shows. */
  Unsettled seen(FileState state, long now) {
    return new Unsettled(path, now, open, state, false, origin, target);
  }

  Unsettled open(boolean isOpen) {
    return new Unsettled(path, since, isOpen, seen, missing, origin, target);
  }

  Unsettled missingOnce() {
    return new Unsettled(path, since, open, seen, true, origin, target);
  }

  Unsettled from(String other) {
    return new Unsettled(path, since, open, seen, missing, other, target);
  }

  Unsettled to(String other) {
    return new Unsettled(path, since, open, seen, missing, origin, other);
  }
}
