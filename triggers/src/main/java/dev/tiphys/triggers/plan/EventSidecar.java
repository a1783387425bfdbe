package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.name.VariableName;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A container beside the task's own that turns what it does into events of one type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EventSidecar.StdoutWatcher.class, name = "stdoutwatcher"),
  @JsonSubTypes.Type(value = EventSidecar.FileWatcher.class, name = "filewatcher"),
  @JsonSubTypes.Type(value = EventSidecar.LifecycleWatcher.class, name = "lifecyclewatcher"),
  @JsonSubTypes.Type(value = EventSidecar.NetworkProxy.class, name = "networkproxy"),
  @JsonSubTypes.Type(value = EventSidecar.Custom.class, name = "custom")
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

  /** Whether other sidecars of its task can publish to it. */
  default boolean takesEvents() {
    return this instanceof NetworkProxy proxy && proxy.proxied() instanceof Proxied.Events;
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
  record StdoutWatcher(Common common, Stream stream, OnStop onStop, Lines lines)
      implements EventSidecar {
    public StdoutWatcher {
      lines = Objects.requireNonNullElse(lines, Lines.EVERY);
    }

    /** Every line, as it is. */
    public StdoutWatcher(Common common, Stream stream, OnStop onStop) {
      this(common, stream, onStop, Lines.EVERY);
    }
  }

  /**
   * A program of the user's own that keeps the contract of event sidecars.
   *
   * @param parameters what the workflow says to it
   * @param container its command, arguments, variables and whatever else passes through to
   *     Kubernetes, in Kubernetes' own form; the nodes must not be changed
   */
  record Custom(
      Common common, SortedMap<String, String> parameters, SortedMap<String, JsonNode> container)
      implements EventSidecar {
    private static final String PARAMETER_PREFIX = "TIPHYS_SIDECAR_PARAM_";

    public Custom {
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
      container = Collections.unmodifiableSortedMap(new TreeMap<>(container));
    }

    /** {@code batch-size} is found in {@code TIPHYS_SIDECAR_PARAM_BATCH_SIZE}. */
    public static String variable(String parameter) {
      return VariableName.of(PARAMETER_PREFIX, parameter);
    }

    /** The parameters as environment variables. */
    public SortedMap<String, String> variables() {
      SortedMap<String, String> variables = new TreeMap<>();
      parameters.forEach((name, value) -> variables.put(variable(name), value));
      return variables;
    }

    /** The items of a list of texts among the container's fields: {@code command}, {@code args}. */
    public List<String> texts(String field) {
      JsonNode list = container.get(field);
      return list == null ? List.of() : list.valueStream().map(JsonNode::asText).toList();
    }
  }

  /**
   * Which lines are events, and what of them is the data.
   *
   * @param pattern in RE2's syntax: only lines in which it is found; null: every line
   * @param maxLine how many bytes of a line are kept, from 1 to {@link #MAX_LINE}
   */
  record Lines(@Nullable String pattern, Format format, int maxLine) {
    /** Of JSON's escapes, six for a byte, the largest line fits into a broker's 1 MiB. */
    public static final int MAX_LINE = 128 << 10;

    /** Every line as it is, of up to 64 KiB. */
    public static final Lines EVERY = new Lines(null, Format.LINE, 64 << 10);
  }

  /** What a line holds. */
  enum Format {
    /** Text. */
    @JsonProperty("line")
    LINE,
    /** A JSON object, which becomes the event's data. */
    @JsonProperty("json")
    JSON
  }

  /** One event per listed change of a file. */
  record FileWatcher(Common common, FileWatch files, OnStop onStop) implements EventSidecar {}

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
      return VariableName.of("TIPHYS_PROXY_", name());
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
    /** The instance exists; it may have to wait. */
    @JsonProperty("created")
    CREATED,
    @JsonProperty("started")
    STARTED,
    /** Its readiness probe has succeeded once; without a probe: it has started. */
    @JsonProperty("ready")
    READY,
    /** Its container was started again within its pod. */
    @JsonProperty("restarted")
    RESTARTED,
    @JsonProperty("success")
    SUCCESS,
    /** It used more memory than it may; a failure as well. */
    @JsonProperty("oomkilled")
    OOMKILLED,
    /** Its node got rid of it; a failure as well. */
    @JsonProperty("evicted")
    EVICTED,
    @JsonProperty("failure")
    FAILURE,
    @JsonProperty("stopped")
    STOPPED
  }
}
