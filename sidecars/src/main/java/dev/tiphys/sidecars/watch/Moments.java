package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.lifecycle.Happening;
import dev.tiphys.sidecars.lifecycle.TaskState;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.StreamEvents;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stream of a lifecyclewatcher, computed from what its pod says: looked at again, the same pod
 * gives the same events with the same numbers.
 */
final class Moments {
  /** The same as in a local run. */
  private static final String STREAM = "lifecycle";

  private final WatchedRun run;
  private final TaskPod pod;
  private final LifecycleWatcher watcher;
  private final List<Message> messages = new ArrayList<>();
  private long number;

  private Moments(WatchedRun run, TaskPod pod, LifecycleWatcher watcher) {
    this.run = run;
    this.pod = pod;
    this.watcher = watcher;
  }

  /** All of the stream so far; only ever added to as the pod goes on. */
  static List<Message> of(WatchedRun run, TaskPod pod, LifecycleWatcher watcher) {
    return new Moments(run, pod, watcher).messages();
  }

  private List<Message> messages() {
    TaskState.Ended ended = pod.ended();
    pod.past().forEach(this::add);
    if (ended != null) {
      add(ended);
      messages.add(new Marker(number, ended.finishedAt()));
    }
    return messages;
  }

  private void add(TaskState state) {
    for (Happening happening : Happening.of(state)) {
      if (watcher.on().contains(happening.state())) {
        number++;
        messages.add(new Moment(number, Emission.of(happening), state.at()));
      }
    }
  }

  private URI sink() {
    URI own = watcher.common().sink();
    return own == null ? run.sink() : own;
  }

  private StreamEvents events(RunKeys keys) {
    Instance.Identity identity = pod.instance().identity();
    Origin origin =
        new Origin(
            identity.workflow(),
            identity.run(),
            identity.task(),
            identity.name(),
            pod.uid(),
            watcher.name());
    SigningKey key = new TaskKeys(keys, identity, List.copyOf(pod.watchers())).of(watcher);
    return new StreamEvents(Contract.of(watcher, run.sink(), origin, key), STREAM);
  }

  /** One event of the stream. */
  private final class Moment implements Message {
    private final long place;
    private final Emission emission;
    private final Instant at;

    Moment(long place, Emission emission, Instant at) {
      this.place = place;
      this.emission = emission;
      this.at = at;
    }

    @Override
    public URI sink() {
      return Moments.this.sink();
    }

    @Override
    public CloudEvent signed(RunKeys keys) {
      return events(keys).event(place, emission, at);
    }

    @Override
    public Optional<CloudEvent> standIn(RunKeys keys, int status) {
      return Optional.of(events(keys).standIn(place, at, status));
    }
  }

  /** What ends the stream. */
  private final class Marker implements Message {
    private final long last;
    private final Instant at;

    Marker(long last, Instant at) {
      this.last = last;
      this.at = at;
    }

    @Override
    public URI sink() {
      return Moments.this.sink();
    }

    @Override
    public CloudEvent signed(RunKeys keys) {
      return events(keys).marker(last, 0, at);
    }

    @Override
    public Optional<CloudEvent> standIn(RunKeys keys, int status) {
      return Optional.of(signed(keys));
    }
  }
}
