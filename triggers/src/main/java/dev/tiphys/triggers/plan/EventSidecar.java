package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A container beside the task's own that turns what it does into events of one type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EventSidecar.StdoutWatcher.class, name = "stdoutwatcher"),
  @JsonSubTypes.Type(value = EventSidecar.LifecycleWatcher.class, name = "lifecyclewatcher"),
  @JsonSubTypes.Type(value = EventSidecar.NetworkProxy.class, name = "networkproxy")
})
public sealed interface EventSidecar {
  /** The task's pod itself, as a sink can name it. */
  Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

  Common common();

  default String name() {
    return common().name();
  }

  default String eventType() {
    return common().eventType();
  }

  /** Whether it publishes to the run's broker, and not to a sink of its own. */
  default boolean feedsRun() {
    return common().sink() == null;
  }

  /** Whether the run sees events of that type from it. */
  default boolean emits(String type) {
    return feedsRun() && eventType().equals(type);
  }

  /**
   * What every event sidecar has.
   *
   * @param name the container's name, unique in its task
   * @param image as the file has it
   * @param eventType the CloudEvents type of what it emits
   * @param labels further attributes to stamp on each event
   * @param sink where to publish; null: the run's broker
   */
  record Common(
      String name,
      String image,
      String eventType,
      SortedMap<String, String> labels,
      @Nullable URI sink) {
    public Common {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }

  /** One event per line that the task writes. */
  record StdoutWatcher(Common common, Stream stream, OnStop onStop) implements EventSidecar {}

  /** One event per listed change in the task's life. */
  record LifecycleWatcher(Common common, Set<Moment> on) implements EventSidecar {
    public LifecycleWatcher {
      on = Collections.unmodifiableSortedSet(new TreeSet<>(on));
    }
  }

  /**
   * One event per HTTP exchange of the task, or what other sidecars' events come to.
   *
   * @param port where it listens in the task's pod
   */
  record NetworkProxy(Common common, int port, Proxied proxied, OnStop onStop)
      implements EventSidecar {
    /** The variable that tells the task its address. */
    public String variable() {
      return "TIPHYS_PROXY_" + name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The address as the task and the other sidecars see it. */
    public URI address() {
      return URI.create("http://127.0.0.1:" + port);
    }

    /** Whether the address is this proxy's. */
    public boolean isAt(@Nullable URI sink) {
      return sink != null && LOCAL.contains(sink.getHost()) && sink.getPort() == port;
    }
  }

  /** Which output of the task. */
  enum Stream {
    @JsonProperty("stdout")
    STDOUT,
    @JsonProperty("stderr")
    STDERR,
    @JsonProperty("both")
    BOTH
  }

  /** What becomes of events that are not yet published when the task is stopped. */
  enum OnStop {
    /** They are thrown away, and the end-of-stream marker says how many. */
    @JsonProperty("discard")
    DISCARD,
    /** They are published all the same. */
    @JsonProperty("drain")
    DRAIN
  }

  /** A change in a task's life. */
  enum Moment {
    @JsonProperty("started")
    STARTED,
    @JsonProperty("success")
    SUCCESS,
    @JsonProperty("failure")
    FAILURE,
    @JsonProperty("stopped")
    STOPPED
  }
}
