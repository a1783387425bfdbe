package dev.tiphys.sidecars.objects;

import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.ResourceWatch.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one run was told of the objects that it watches. It compares each sight of an object with
 * what was told before, so it can be shown the same any number of times, and in whatever way: one
 * object after another, or all that there are. What could not be told is told at a later sight.
 */
public final class ToldObjects {
  private final ResourceWatch watch;
  private final Outlet outlet;
  private final Map<String, WatchedObject> told = new HashMap<>();
  private boolean behind;

  /** Where changes are told. */
  @FunctionalInterface
  public interface Outlet {
    /** False if too much waits already. */
    boolean offer(Change change, WatchedObject object);
  }

  public ToldObjects(ResourceWatch watch, Outlet outlet) {
    this.watch = watch;
    this.outlet = outlet;
  }

  /** An object is there, or has changed. */
  public void seen(WatchedObject object) {
    WatchedObject before = told.get(object.uid());
    if (before == null) {
      tell(Change.ADDED, object);
    } else if (object.newerThan(before)) {
      tell(Change.UPDATED, object);
    }
  }

  /** An object is there no longer. */
  public void gone(WatchedObject object) {
    if (told.containsKey(object.uid())) {
      tell(Change.DELETED, object);
    }
  }

  /** These are all the objects that there are: whatever else was told of is gone. */
  public void listed(Collection<WatchedObject> objects) {
    behind = false;
    objects.forEach(this::seen);
    Set<String> present = objects.stream().map(WatchedObject::uid).collect(Collectors.toSet());
    List<WatchedObject> missing =
        told.values().stream().filter(object -> !present.contains(object.uid())).toList();
    missing.forEach(this::gone);
  }

  /** Whether something could not be told, so that all objects have to be shown again. */
  public boolean behind() {
    return behind;
  }

  private void tell(Change change, WatchedObject object) {
    if (watch.on().contains(change) && !outlet.offer(change, object)) {
      behind = true;
      return;
    }
    switch (change) {
      case ADDED, UPDATED -> told.put(object.uid(), object);
      case DELETED -> told.remove(object.uid());
    }
  }
}
