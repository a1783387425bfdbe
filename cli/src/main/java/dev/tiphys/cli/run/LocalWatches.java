package dev.tiphys.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.Run;
import dev.tiphys.sidecars.objects.ObjectEvent;
import dev.tiphys.sidecars.objects.Selection;
import dev.tiphys.sidecars.objects.ToldObjects;
import dev.tiphys.sidecars.objects.WatchedObject;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.ResourceWatch.Change;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for a local run what the run watcher does on a cluster: tells it of watched objects. */
final class LocalWatches implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalWatches.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Plan plan;
  private final FolderObjects folder;
  private final Broker broker;
  private final Keys keys;
  private final InstantSource clock;
  private final Set<String> active = ConcurrentHashMap.newKeySet();

  /** By the run's name; the thread's own. */
  private final Map<String, Telling> told = new HashMap<>();

  private final Thread thread = Thread.ofVirtual().name("objects").unstarted(this::watch);

  private LocalWatches(
      Plan plan, FolderObjects folder, Broker broker, Keys keys, InstantSource clock) {
    this.plan = plan;
    this.folder = folder;
    this.broker = broker;
    this.keys = keys;
    this.clock = clock;
  }

  static LocalWatches open(Plan plan, Path folder, Broker broker, Keys keys, InstantSource clock) {
    LocalWatches watches = new LocalWatches(plan, new FolderObjects(folder), broker, keys, clock);
    watches.thread.start();
    return watches;
  }

  /** A run is there, or has changed. */
  void stored(Run run) {
    if (run.phase().complete()) {
      active.remove(run.name());
    } else {
      active.add(run.name());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      LOG.debug("ends", e);
    }
  }

  private void look() {
    try {
      told.keySet().retainAll(active);
      List<ObjectNode> objects = folder.look();
      for (String run : active) {
        told.computeIfAbsent(run, this::telling).listed(objects);
      }
    } catch (IOException e) {
      LOG.warn("the folder of objects cannot be read now: {}", e.toString());
    }
  }

  private static List<WatchedObject> selected(ResourceWatch watch, List<ObjectNode> objects) {
    return objects.stream()
        .filter(object -> Selection.selects(watch, object, FolderObjects.NAMESPACE))
        .map(WatchedObject::of)
        .toList();
  }

  private Telling telling(String run) {
    Map<ResourceWatch, ToldObjects> watches = new HashMap<>();
    for (ResourceWatch watch : plan.watches()) {
      watches.put(
          watch, new ToldObjects(watch, (change, object) -> publish(run, watch, change, object)));
    }
    return new Telling(watches);
  }

  /** Tells one run, on a thread of its own: one for which there is no room holds up no other. */
  private static final class Telling {
    private final Map<ResourceWatch, ToldObjects> watches;
    private @Nullable Thread underWay;

    Telling(Map<ResourceWatch, ToldObjects> watches) {
      this.watches = watches;
    }

    /** These are all the objects; what it cannot be told now it is told at a later look. */
    void listed(List<ObjectNode> objects) {
      if (underWay == null || !underWay.isAlive()) {
        underWay = Thread.ofVirtual().name("objects").start(() -> tell(objects));
      }
    }

    private void tell(List<ObjectNode> objects) {
      try {
        watches.forEach((watch, seen) -> seen.listed(selected(watch, objects)));
      } catch (CompletionException e) {
        LOG.debug("the broker is closed", e);
      }
    }
  }

  /** Waits while the broker has no room. */
  private boolean publish(String run, ResourceWatch watch, Change change, WatchedObject object) {
    CloudEvent event = ObjectEvent.of(watch, plan.workflow(), run, change, object, clock.instant());
    keys.of(run)
        .map(its -> its.control().sign(event))
        .ifPresent(signed -> broker.publish(signed).toCompletableFuture().join());
    return true;
  }
}
