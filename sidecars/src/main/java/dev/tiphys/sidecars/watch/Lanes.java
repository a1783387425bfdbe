package dev.tiphys.sidecars.watch;

import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.publish.Delivery;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.RunKeys;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A lane for each run and sink: in it events keep their order, and none waits for another's. */
final class Lanes implements Outlet {
  private final Map<Place, Lane> lanes = new HashMap<>();
  private final Function<WatchedRun, Optional<RunKeys>> keys;
  private final Function<URI, Transport> transports;
  private final Surroundings surroundings;

  /**
   * @param keys finds a run's keys; asked by each lane until they are there
   */
  Lanes(
      Function<WatchedRun, Optional<RunKeys>> keys,
      Function<URI, Transport> transports,
      Surroundings surroundings) {
    this.keys = keys;
    this.transports = transports;
    this.surroundings = surroundings;
  }

  private record Place(String run, URI sink) {}

  @Override
  public synchronized boolean offer(WatchedRun run, Message message) {
    return lanes
        .computeIfAbsent(
            new Place(run.name(), message.sink()),
            place ->
                Lane.open(
                    run.name(),
                    () -> keys.apply(run),
                    Delivery.over(transports.apply(place.sink()), Limits.DEFAULT, surroundings),
                    surroundings.pause()))
        .offer(message);
  }

  @Override
  public synchronized void close(String run) {
    for (Iterator<Map.Entry<Place, Lane>> it = lanes.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<Place, Lane> lane = it.next();
      if (lane.getKey().run().equals(run)) {
        lane.getValue().close();
        it.remove();
      }
    }
  }
}
