package dev.tiphys.functions.shell;

import static io.cloudevents.core.extensions.DistributedTracingExtension.TRACEPARENT;
import static io.cloudevents.core.extensions.DistributedTracingExtension.TRACESTATE;

import com.sun.net.httpserver.Headers;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trace that an event belongs to (W3C Trace Context). The event's own, by the distributed
 * tracing extension, goes before that of the request that brought it.
 *
 * @param state vendors' own; null: none
 */
record TraceContext(String parent, @Nullable String state) {
  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Printable, and as long as everybody has to pass it on. */
  private static final Pattern STATE = Pattern.compile("[ -~]{1,512}");

  private static final int ID_FROM = 3;
  private static final int ID_TO = 35;

  /** Empty if neither names one, or not in the way that the standard demands. */
  static Optional<TraceContext> of(CloudEvent event, Headers headers) {
    return Stream.<UnaryOperator<@Nullable String>>of(
            name -> event.getExtension(name) instanceof String value ? value : null,
            headers::getFirst)
        .flatMap(values -> read(values.apply(TRACEPARENT), values.apply(TRACESTATE)).stream())
        .findFirst();
  }

  private static Optional<TraceContext> read(@Nullable String parent, @Nullable String state) {
    if (parent == null || !PARENT.matcher(parent).matches()) {
      return Optional.empty();
    }
    boolean known = state != null && STATE.matcher(state).matches();
    return Optional.of(new TraceContext(parent, known ? state : null));
  }

  /** What all of the trace's log lines have in common. */
  String traceId() {
    return parent.substring(ID_FROM, ID_TO);
  }

  /** The event as a part of the trace, unless it names one itself. */
  CloudEvent stamp(CloudEvent event) {
    if (event.getExtension(TRACEPARENT) != null) {
      return event;
    }
    CloudEventBuilder stamped = CloudEventBuilder.from(event).withExtension(TRACEPARENT, parent);
    return state == null ? stamped.build() : stamped.withExtension(TRACESTATE, state).build();
  }
}
