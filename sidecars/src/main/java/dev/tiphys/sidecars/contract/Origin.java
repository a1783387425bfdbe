package dev.tiphys.sidecars.contract;

import dev.tiphys.triggers.event.StreamSource;
import java.net.URI;
import java.util.stream.Stream;

/**
 * Whose events a sidecar publishes. None of the names is empty.
 *
 * @param task name of the template
 * @param instance name of the instance; on a cluster the pod's
 * @param instanceUid differs between instances of one name, and survives a restart of the sidecar
 * @param container name of the sidecar's container
 */
public record Origin(
    String workflow,
    String run,
    String task,
    String instance,
    String instanceUid,
    String container) {
  public Origin {
    if (Stream.of(workflow, run, task, instance, instanceUid, container)
        .anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("an empty name");
    }
  }

  /** The {@code source} of the events. A sidecar has one stream, so this names the stream. */
  public URI source() {
    return new StreamSource(workflow, run, instance, container).uri();
  }
}
