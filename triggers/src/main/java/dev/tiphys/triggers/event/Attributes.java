package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.types.Time;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names of the CloudEvents extension attributes that Tiphys reads and stamps. Names are lower-case
 * letters and digits, as the CloudEvents specification demands.
 */
public final class Attributes {
  /** Name of the workflow that the event belongs to. */
  public static final String WORKFLOW = "workflow";

  /** Name of the run that the event belongs to; absent on external events. */
  public static final String RUN = "workflowrun";

  /** Name of the template whose instance emitted the event. */
  public static final String TASK = "task";

  /** Name of the instance (on a cluster: the pod) that emitted the event. */
  public static final String INSTANCE = "instance";

  /** Number of the event in its stream, from 1 without gaps, padded so that it sorts as text. */
  public static final String SEQUENCE = "sequence";

  /** What a broker keeps in order: the run (CloudEvents partitioning extension). */
  public static final String PARTITION_KEY = "partitionkey";

  /**
   * {@code true} on the marker that ends a stream; its {@link #SEQUENCE} is the number of the
   * stream's last event, 0 for a stream without any.
   */
  public static final String END_OF_STREAM = "endofstream";

  /** On an end-of-stream marker: how many events were thrown away because the task was stopped. */
  public static final String DISCARDED = "discarded";

  /**
   * On a stand-in: the HTTP status with which the sink had refused the event of this id and number.
   * It has no data and starts nothing; it only keeps the stream without gaps.
   */
  public static final String REFUSED = "refused";

  /**
   * On a life-cycle event: the version of the cluster that showed it. Whoever reacts must not look
   * at an older one.
   */
  public static final String RESOURCE_VERSION = "resourceversion";

  /** On a change of a watched object: {@code added}, {@code updated} or {@code deleted}. */
  public static final String OBJECT_ACTION = "objectaction";

  /** On a change of a watched object: its kind. */
  public static final String OBJECT_KIND = "objectkind";

  /** On a change of a watched object: its name. */
  public static final String OBJECT_NAME = "objectname";

  /** On a change of a watched object: its namespace; absent where it has none. */
  public static final String OBJECT_NAMESPACE = "objectnamespace";

  /** On a change of a watched object: its {@code resourceVersion}. */
  public static final String OBJECT_VERSION = "objectversion";

  /** {@code true} where the data has of a watched object only what identifies it. */
  public static final String OBJECT_CUT = "objectcut";

  /** {@code true} on a sign of change that is about all active runs of the workflow. */
  public static final String ALL_RUNS = "allruns";

  /** Says who speaks for the run, see {@link Signature}. */
  public static final String SIGNATURE = "tiphyssignature";

  /** When Knative's own Broker took the event, as it stamps it over whatever was there. */
  public static final String ARRIVAL_TIME = "knativearrivaltime";

  /**
   * Id of the plan whose Trigger delivered the event. Stamped by the HTTP front from the path that
   * the Trigger names, whatever the sender wrote there.
   */
  public static final String PLAN = "tiphysplan";

  /** Of a time that is written as {@code 23:59}. */
  private static final int WITHOUT_SECONDS = 5;

  /** What the names begin with that Knative adds on an event's way. */
  private static final String KNATIVE_PREFIX = "knative";

  /** Other names that are added on an event's way: by tracing, and by the functions' front. */
  private static final Set<String> CARRIERS = Set.of("traceparent", "tracestate", PLAN);

  private Attributes() {}

  /**
   * Whether carriers add the attribute on an event's way, so that no signature covers it. The list
   * is closed: nothing of a run's own events is decided by these, and nothing else may be added.
   */
  public static boolean addedByCarriers(String name) {
    return name.startsWith(KNATIVE_PREFIX) || CARRIERS.contains(name);
  }

  /** The event without what carriers have added. */
  public static CloudEvent withoutCarriers(CloudEvent event) {
    List<String> added =
        event.getExtensionNames().stream().filter(Attributes::addedByCarriers).toList();
    if (added.isEmpty()) {
      return event;
    }
    CloudEventBuilder bare = CloudEventBuilder.from(event);
    added.forEach(bare::withoutExtension);
    return bare.build();
  }

  /**
   * Names of all context attributes and extensions that the event has, sorted; the caller's own.
   */
  public static Set<String> names(CloudEvent event) {
    Set<String> names = new TreeSet<>(event.getAttributeNames());
    names.addAll(event.getExtensionNames());
    return names;
  }

  /** The value of a context attribute or extension, as text; null if the event lacks it. */
  public static @Nullable String value(CloudEvent event, String name) {
    return switch (typed(event, name)) {
      case null -> null;
      // toString would leave out seconds that are zero
      case OffsetDateTime time -> Time.writeTime(time);
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case Object value -> value.toString();
    };
  }

  /** The same, but that one instant is always one text: in UTC, without zeros at the end. */
  static @Nullable String canonical(CloudEvent event, String name) {
    return "time".equals(name) && event.getTime() != null
        ? instant(event.getTime().withOffsetSameInstant(ZoneOffset.UTC))
        : value(event, name);
  }

  /** By hand, as this is done for each event, and a formatter takes ten times as long. */
  private static String instant(OffsetDateTime utc) {
    String time = utc.toLocalTime().toString();
    boolean seconds = time.length() > WITHOUT_SECONDS;
    int end = time.length();
    while (time.indexOf('.') >= 0 && time.charAt(end - 1) == '0') {
      end--;
    }
    return utc.toLocalDate() + "T" + time.substring(0, end) + (seconds ? "Z" : ":00Z");
  }

  private static @Nullable Object typed(CloudEvent event, String name) {
    return event.getAttributeNames().contains(name)
        ? event.getAttribute(name)
        : event.getExtension(name);
  }
}
