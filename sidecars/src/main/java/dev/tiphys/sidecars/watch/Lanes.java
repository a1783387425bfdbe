package dev.tiphys.sidecars.watch;

import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.publish.Delivery;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.event.RunKeys;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A lane for each run and sink: in it events keep their order, and none waits for another's. */
final class Lanes implements Outlet {
  private final Map<Place, Lane> lanes = new HashMap<>();
  private final Function<WatchedRun, Optional<RunKeys>> keys;
  private final Function<Sink, Transport> transports;
  private final Surroundings surroundings;

  /**
   * @param keys finds a run's keys; asked by each lane until they are there
   */
  Lanes(
      Function<WatchedRun, Optional<RunKeys>> keys,
      Function<Sink, Transport> transports,
      Surroundings surroundings) {
    this.keys = keys;
    this.transports = transports;
    this.surroundings = surroundings;
  }

  private record Place(String run, Sink sink) {}

  @Override
  public synchronized boolean offer(WatchedRun run, Message message) {
    return lanes
        .computeIfAbsent(
            new Place(run.name(), sink(run, message)),
            place ->
                Lane.open(
                    run.name(),
                    () -> keys.apply(run),
                    Delivery.over(transports.apply(place.sink()), Limits.DEFAULT, surroundings),
                    surroundings.pause()))
        .offer(message);
  }

  /** Who is not the run's own broker is not shown its token. */
  private static Sink sink(WatchedRun run, Message message) {
    boolean own = message.sink().equals(run.sink());
    return new Sink(message.sink(), own ? run.audience() : null);
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
