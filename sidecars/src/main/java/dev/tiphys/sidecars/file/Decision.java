package dev.tiphys.sidecars.file;

import dev.tiphys.triggers.plan.FileWatch.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done about a path that was looked at. */
sealed interface Decision {
  /** Nothing is new. */
  record Nothing() implements Decision {}

  /** It cannot be told yet; the path is to be looked at again. */
  record Later(Unsettled again) implements Decision {}

  /**
   * It is told.
   *
   * @param from the path that the file had before; null: it had this one, or none
   * @param now what is told of the path from now on; null: it is gone
   * @param changes in their order; of a kind each at most once
   */
  record Settled(String path, @Nullable String from, @Nullable Told now, List<Change> changes)
      implements Decision {
    public Settled {
      changes = List.copyOf(changes);
    }
  }
}
