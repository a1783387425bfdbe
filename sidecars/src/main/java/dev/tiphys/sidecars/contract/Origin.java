package dev.tiphys.sidecars.contract;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
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

  /**
   * The {@code source} of the events: {@code /tiphys/<workflow>/<run>/<instance>/<container>}, each
   * name percent-encoded. A sidecar has one stream of events, so the source names the stream.
   */
  public URI source() {
    return URI.create(
        Stream.of(workflow, run, instance, container)
            .map(Origin::encoded)
            .collect(Collectors.joining("/", "/tiphys/", "")));
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
