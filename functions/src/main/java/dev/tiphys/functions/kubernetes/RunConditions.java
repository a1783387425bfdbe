package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.run.Summary;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A run's conditions, for {@code kubectl wait}.
 *
 * @see <a
 *     href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties">Kubernetes
 *     API conventions, typical status properties</a>
 */
final class RunConditions {
  /** The run is over, however it ended. */
  private static final String COMPLETED = "Completed";

  /** The run goes on, and nothing that it has let go waits to start. */
  private static final String PROGRESSING = "Progressing";

  /** Something that the run has let go cannot start. */
  private static final String STALLED = "Stalled";

  /** The run is over, and of its own events each is accounted for at each who listens to it. */
  private static final String ACCOUNTED = "Accounted";

  /** Events of its own are under way, or lost. */
  private static final String OUTSTANDING = "EventsOutstanding";

  /** The reason of a stall; what the task waits for is in the message. */
  private static final String WAITS = "TaskCannotStart";

  /** In characters; the run's own message is whole. */
  private static final int MESSAGE_MAX = 1_024;

  private RunConditions() {}

  /**
   * The conditions of a run.
   *
   * @param before those that it had
   */
  static List<Condition> of(Summary summary, List<Condition> before, Instant now) {
    boolean complete = summary.phase().complete();
    boolean stalled = !complete && !summary.message().isEmpty();
    String reason = stalled ? WAITS : summary.phase().title();
    String message = cut(summary.message());
    return List.of(
        since(before, now, COMPLETED, text(complete), reason, complete ? message : ""),
        since(before, now, PROGRESSING, text(!complete && !stalled), reason, ""),
        since(before, now, STALLED, text(stalled), reason, stalled ? message : ""),
        accounted(summary, complete, before, now));
  }

  private static Condition accounted(
      Summary summary, boolean complete, List<Condition> before, Instant now) {
    List<String> outstanding = summary.outstanding();
    return complete && !outstanding.isEmpty()
        ? since(before, now, ACCOUNTED, "False", OUTSTANDING, cut(String.join("; ", outstanding)))
        : since(before, now, ACCOUNTED, complete ? "True" : "Unknown", summary.phase().title(), "");
  }

  private static String text(boolean holds) {
    return holds ? "True" : "False";
  }

  private static String cut(String message) {
    return message.substring(0, Math.min(message.length(), MESSAGE_MAX));
  }

  private static Condition since(
      List<Condition> before,
      Instant now,
      String type,
      String status,
      String reason,
      String message) {
    String since =
        before.stream()
            .filter(it -> it.getType().equals(type) && it.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime(since)
        .build();
  }
}
