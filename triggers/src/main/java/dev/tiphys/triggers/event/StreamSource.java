package dev.tiphys.triggers.event;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CloudEvents {@code source} of what a sidecar publishes: one stream per sidecar and instance.
 *
 * @param container name of the sidecar's container
 */
public record StreamSource(String workflow, String run, String instance, String container) {
  private static final String ROOT = "tiphys";

  /** {@code /tiphys/WORKFLOW/RUN/INSTANCE/CONTAINER}, each part percent-encoded. */
  public URI uri() {
    return URI.create(
        Stream.of(ROOT, workflow, run, instance, container)
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/", "/", "")));
  }

  /** Empty for a source that is no sidecar's. */
  public static Optional<StreamSource> parse(String source) {
    List<String> parts = List.of(source.split("/", -1));
    if (parts.size() != 6 || !parts.getFirst().isEmpty() || !parts.get(1).equals(ROOT)) {
      return Optional.empty();
    }
    try {
      List<String> names =
          parts.stream().skip(2).map(p -> URLDecoder.decode(p, StandardCharsets.UTF_8)).toList();
      return Optional.of(new StreamSource(names.get(0), names.get(1), names.get(2), names.get(3)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
