package dev.tiphys.functions;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a function's address asks for: {@code /start}, or {@code /start/PLAN} as a
 * plan's Trigger has it.
 *
 * @param plan id of the plan; empty if the path names none
 */
public record FunctionPath(Reaction reaction, String plan) {
  /** What may name a plan behind a path; its id is the name of a Kubernetes object. */
  public static final String PLAN_SUFFIX = "(?:/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?))?";

  private static final Pattern PATH = Pattern.compile("(/[a-z]+)" + PLAN_SUFFIX);

  /** Empty if no function is there. */
  public static Optional<FunctionPath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String plan = matcher.group(2) == null ? "" : matcher.group(2);
    return Arrays.stream(Reaction.values())
        .filter(reaction -> reaction.path().equals(matcher.group(1)))
        .findFirst()
        .map(reaction -> new FunctionPath(reaction, plan));
  }

  /**
   * The event as this path's Trigger delivers it. Only a path says which plan is meant: what the
   * sender wrote into the attribute is taken away.
   */
  public CloudEvent stamp(CloudEvent event) {
    if (plan.isEmpty() && event.getExtension(Attributes.PLAN) == null) {
      return event;
    }
    CloudEventBuilder stamped = CloudEventBuilder.from(event).withoutExtension(Attributes.PLAN);
    return plan.isEmpty() ? stamped.build() : stamped.withExtension(Attributes.PLAN, plan).build();
  }
}
