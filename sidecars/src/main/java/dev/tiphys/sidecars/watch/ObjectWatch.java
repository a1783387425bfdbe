package dev.tiphys.sidecars.watch;

import dev.tiphys.sidecars.objects.ToldObjects;
import dev.tiphys.sidecars.objects.WatchedObject;
import dev.tiphys.triggers.plan.ResourceWatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One watch, and the runs that are told of what it shows. */
final class ObjectWatch implements ObjectWatches.Sights {
  private final Map<String, ToldObjects> runs = new HashMap<>();
  private ObjectWatches.@Nullable Shown shown;

  private ObjectWatch() {}

  static ObjectWatch open(ResourceWatch watch, ObjectWatches.Source source) {
    ObjectWatch opened = new ObjectWatch();
    ObjectWatches.Shown shown = source.show(watch, opened);
    synchronized (opened) {
      opened.shown = shown;
    }
    return opened;
  }

  /** The run is told from now on, first of all objects that are there; or of what did not fit. */
  synchronized void tell(WatchedRun run, Supplier<ToldObjects> newlyTold) {
    ToldObjects told = runs.get(run.uid());
    if (told == null) {
      told = newlyTold.get();
      runs.put(run.uid(), told);
      present().forEach(told::seen);
    } else if (told.behind() && shown != null && shown.complete()) {
      told.listed(present());
    }
  }

  private List<WatchedObject> present() {
    return shown == null ? List.of() : shown.all();
  }

  /** Whether that was the last run, so that nothing is watched any more. */
  synchronized boolean leave(WatchedRun run) {
    runs.remove(run.uid());
    if (runs.isEmpty() && shown != null) {
      shown.close();
    }
    return runs.isEmpty();
  }

  @Override
  public synchronized void seen(WatchedObject object) {
    runs.values().forEach(told -> told.seen(object));
  }

  @Override
  public synchronized void gone(WatchedObject object) {
    runs.values().forEach(told -> told.gone(object));
  }
}
