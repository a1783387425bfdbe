package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What of a task's pod its author has decided, in Kubernetes' own form. Event data never is in it.
 * The nodes must not be changed.
 *
 * @param container fields of the main container
 * @param spec fields of the pod's spec
 */
public record PodFields(
    SortedMap<String, JsonNode> container,
    SortedMap<String, JsonNode> spec,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations) {
  /** Annotation of a pod: how many seconds it has to start. */
  public static final String PENDING_TIMEOUT = "tiphys.dev/pending-timeout";

  /**
   * How long a pod of which nothing is said has to start. As long as Kubernetes gives a Deployment
   * to get on: a node can be added and a large image be pulled meanwhile.
   */
  public static final Duration DEFAULT_PENDING_TIMEOUT = Duration.ofMinutes(10);

  private static final String ACTIVE_DEADLINE = "activeDeadlineSeconds";
  private static final String VOLUME_MOUNTS = "volumeMounts";
  private static final String VOLUMES = "volumes";

  /** Everything is left to Tiphys and Kubernetes. */
  public static final PodFields NONE =
      new PodFields(
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  public PodFields {
    container = Collections.unmodifiableSortedMap(new TreeMap<>(container));
    spec = Collections.unmodifiableSortedMap(new TreeMap<>(spec));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** Whether nothing is decided. */
  @JsonIgnore
  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * How long an instance may be active; then it fails. Of all fields the one that is no pod's
   * alone.
   */
  public Optional<Duration> activeDeadline() {
    return Optional.ofNullable(spec.get(ACTIVE_DEADLINE))
        .map(JsonNode::asLong)
        .map(Duration::ofSeconds);
  }

  /** How long an instance that may start has to do so; then it fails. */
  public Duration pendingTimeout() {
    String seconds = annotations.get(PENDING_TIMEOUT);
    return seconds == null ? DEFAULT_PENDING_TIMEOUT : Duration.ofSeconds(Long.parseLong(seconds));
  }

  /** Where the main container has the volumes that it mounts, by their names. */
  public SortedMap<String, String> mountPaths() {
    SortedMap<String, String> paths = new TreeMap<>();
    JsonNode mounts = container.get(VOLUME_MOUNTS);
    if (mounts != null) {
      mounts.forEach(m -> paths.putIfAbsent(m.path("name").asText(), m.path("mountPath").asText()));
    }
    return paths;
  }

  /** Whether a volume is one instance's alone, and goes with it. */
  public boolean ephemeral(String volume) {
    JsonNode volumes = spec.get(VOLUMES);
    return volumes != null
        && volumes
            .valueStream()
            .filter(v -> v.path("name").asText().equals(volume))
            .anyMatch(v -> v.has("emptyDir") || v.has("ephemeral"));
  }

  /**
   * Names of the fields, without {@link #activeDeadline} and volumes that begin empty: a process
   * can have these as well.
   */
  public Stream<String> ofPodsAlone() {
    boolean empty = mountPaths().keySet().stream().allMatch(this::ephemeral);
    return Stream.of(container.keySet(), spec.keySet())
        .flatMap(Set::stream)
        .filter(field -> !field.equals(ACTIVE_DEADLINE) && !field.equals(VOLUME_MOUNTS))
        .filter(field -> !(empty && field.equals(VOLUMES)));
  }
}
