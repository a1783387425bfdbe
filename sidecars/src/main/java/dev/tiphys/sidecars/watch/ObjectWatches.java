package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Plans;
import dev.tiphys.sidecars.objects.ObjectEvent;
import dev.tiphys.sidecars.objects.ToldObjects;
import dev.tiphys.sidecars.objects.WatchedObject;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.ResourceWatch;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the objects that active runs ask for, each distinct watch once however many runs there
 * are, and tells each run of their changes.
 */
final class ObjectWatches {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectWatches.class);

  private final Plans plans;
  private final Source source;
  private final BiPredicate<WatchedRun, Message> outlet;
  private final InstantSource clock;
  private final Executor executor;
  private final Map<ResourceWatch, ObjectWatch> open = new HashMap<>();

  /** What active runs ask for, by the runs' uids. */
  private final Map<String, List<ResourceWatch>> asked = new HashMap<>();

  /** Shows objects. */
  interface Source {
    /** Begins to show them, on whatever threads; without waiting for the first one. */
    Shown show(ResourceWatch watch, Sights sights);
  }

  /** Objects that are being shown. */
  interface Shown extends AutoCloseable {
    /** All that there are, as far as they are known. */
    List<WatchedObject> all();

    /** Whether {@link #all} leaves none out. */
    boolean complete();

    @Override
    void close();
  }

  /** What is seen of objects. */
  interface Sights {
    void seen(WatchedObject object);

    void gone(WatchedObject object);
  }

  /**
   * @param outlet takes a message of an active run; false if it is not active, or too much waits
   * @param executor runs one task after another, which may take as long as calls of the API server
   */
  ObjectWatches(
      Plans plans,
      Source source,
      BiPredicate<WatchedRun, Message> outlet,
      InstantSource clock,
      Executor executor) {
    this.plans = plans;
    this.source = source;
    this.outlet = outlet;
    this.clock = clock;
    this.executor = executor;
  }

  /** A run is there, or has changed, or is looked at again. */
  void seen(WatchedRun run) {
    executor.execute(() -> guarded(run, run.active() ? this::watchFor : this::forget));
  }

  /** A run is there no longer. */
  void gone(WatchedRun run) {
    executor.execute(() -> guarded(run, this::forget));
  }

  private interface Task {
    void of(WatchedRun run);
  }

  private static void guarded(WatchedRun run, Task task) {
    try {
      task.of(run);
    } catch (RuntimeException e) {
      LOG.warn("objects for run {} cannot be watched now: {}", run.name(), e.toString());
    }
  }

  private void watchFor(WatchedRun run) {
    List<ResourceWatch> wanted = asked.get(run.uid());
    if (wanted == null) {
      // what is not there is looked for again at the next sight of the run
      wanted = plans.find(run.plan()).map(Plan::watches).orElse(null);
    }
    if (wanted == null) {
      return;
    }
    asked.put(run.uid(), wanted);
    for (ResourceWatch watch : wanted) {
      open.computeIfAbsent(watch, this::open).tell(run, () -> told(run, watch));
    }
  }

  private ObjectWatch open(ResourceWatch watch) {
    LOG.info("watches {}", watch);
    return ObjectWatch.open(watch, source);
  }

  private ToldObjects told(WatchedRun run, ResourceWatch watch) {
    return new ToldObjects(
        watch,
        (change, object) ->
            outlet.test(
                run,
                new ObjectMessage(
                    run.sink(),
                    ObjectEvent.of(
                        watch, run.workflow(), run.name(), change, object, clock.instant()))));
  }

  private void forget(WatchedRun run) {
    List<ResourceWatch> watches = asked.remove(run.uid());
    if (watches == null) {
      return;
    }
    for (ResourceWatch watch : watches) {
      ObjectWatch left = open.get(watch);
      if (left != null && left.leave(run)) {
        open.remove(watch);
        LOG.info("watches {} no longer", watch);
      }
    }
  }
}
