package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That a pod goes, or has gone, before anybody knows that its task is done: it was deleted, evicted
 * or preempted, its node is gone, or its time is over. Whether we have stopped it is not looked at
 * here.
 *
 * @param at when that began
 * @param text how, for people
 */
record Departure(Instant at, String text) {
  private static final String DISRUPTED = "DisruptionTarget";
  private static final String DELETED = "its pod was deleted by somebody else";

  /** Clocks of nodes and of the API server agree no better; and times of pods are whole seconds. */
  private static final Duration PRECISION = Duration.ofSeconds(1);

  /** Empty for a pod that stays, or that ended by itself. */
  static Optional<Departure> of(ObjectMeta metadata, PodSpec spec, PodStatus status) {
    if (EventSidecars.anyDisrupted(spec, status)) {
      return Optional.of(new Departure(Instant.EPOCH, text(status)));
    }
    return deleted(metadata, status).or(() -> failed(spec, status));
  }

  /** Whether it is what ended the task, whatever its exit code: a task may take SIGTERM well. */
  boolean ended(MainStatus main) {
    ContainerStateTerminated end = main.terminated();
    return end == null
        || end.getFinishedAt() == null
        || !Instant.parse(end.getFinishedAt()).isBefore(at.minus(PRECISION));
  }

  private static Optional<Departure> deleted(ObjectMeta metadata, PodStatus status) {
    return asked(metadata)
        .map(
            deletion ->
                Stream.of(recorded(metadata), disrupted(status), Optional.of(deletion))
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElse(deletion))
        .map(at -> new Departure(at, text(status)));
  }

  /**
   * When somebody wanted it deleted. While it is going its deletion's time is that of its end; once
   * nothing but a finalizer keeps it, the API server has put that end instead, and has forgotten
   * the wish.
   */
  static Optional<Instant> asked(ObjectMeta metadata) {
    long grace = Objects.requireNonNullElse(metadata.getDeletionGracePeriodSeconds(), 0L);
    return Optional.ofNullable(metadata.getDeletionTimestamp())
        .map(time -> Instant.parse(time).minusSeconds(grace));
  }

  /** The same, as the run watcher has seen it in time. */
  private static Optional<Instant> recorded(ObjectMeta metadata) {
    try {
      return Optional.ofNullable(metadata.getAnnotations().get(Marks.LEAVING)).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> disrupted(PodStatus status) {
    return disruption(status).map(PodCondition::getLastTransitionTime).map(Instant::parse);
  }

  /** By its node, and not by what became of its containers: then there is a reason. */
  private static Optional<Departure> failed(PodSpec spec, PodStatus status) {
    if (!"Failed".equals(status.getPhase())) {
      return Optional.empty();
    }
    if (status.getReason() != null && !status.getReason().isEmpty()) {
      Instant at = disrupted(status).or(() -> deadline(spec, status)).orElse(Instant.EPOCH);
      return Optional.of(new Departure(at, ShownText.of(status.getReason(), status.getMessage())));
    }
    return disruption(status)
        .map(it -> new Departure(Instant.parse(it.getLastTransitionTime()), text(it)));
  }

  private static Optional<Instant> deadline(PodSpec spec, PodStatus status) {
    return "DeadlineExceeded".equals(status.getReason())
            && spec.getActiveDeadlineSeconds() != null
            && status.getStartTime() != null
        ? Optional.of(
            Instant.parse(status.getStartTime()).plusSeconds(spec.getActiveDeadlineSeconds()))
        : Optional.empty();
  }

  private static Optional<PodCondition> disruption(PodStatus status) {
    return status.getConditions().stream()
        .filter(it -> DISRUPTED.equals(it.getType()) && "True".equals(it.getStatus()))
        .findFirst();
  }

  private static String text(PodStatus status) {
    return disruption(status).map(it -> text(it)).orElse(DELETED);
  }

  private static String text(PodCondition disruption) {
    String how =
        switch (Objects.requireNonNullElse(disruption.getReason(), "")) {
          case "PreemptionByScheduler" -> "preempted";
          case "DeletionByPodGC" -> "its node is gone";
          case "TerminationByKubelet" -> "ended by its node";
          default -> "evicted";
        };
    return ShownText.of(how, disruption.getMessage());
  }
}
