package dev.tiphys.functions.port;

import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of one instance's event sidecars, each its own.
 *
 * @param sidecars all of the instance
 */
public record TaskKeys(RunKeys run, Instance.Identity instance, List<EventSidecar> sidecars) {
  public TaskKeys {
    sidecars = List.copyOf(sidecars);
  }

  /** Of all that the instance has. */
  public static TaskKeys of(RunKeys run, InstanceSpec spec) {
    return new TaskKeys(run, spec.identity(), spec.sidecars());
  }

  /**
   * The sidecar's key. One that publishes to a proxy beside it has one that only the proxy knows.
   */
  public SigningKey of(EventSidecar sidecar) {
    return sidecars.stream()
        .filter(EventSidecar::takesEvents)
        .flatMap(
            proxy ->
                proxy instanceof EventSidecar.NetworkProxy it && it.isAt(sidecar.common().sink())
                    ? Stream.of(it)
                    : null)
        .findFirst()
        .map(proxy -> own(proxy).ofFeeder(sidecar.name(), sidecar.eventType()))
        .orElseGet(() -> own(sidecar));
  }

  private SigningKey own(EventSidecar sidecar) {
    return run.emitter(
        new RunKeys.Emitter(instance.task(), instance.name(), sidecar.name(), sidecar.eventType()));
  }
}
