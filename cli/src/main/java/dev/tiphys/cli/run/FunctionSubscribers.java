package dev.tiphys.cli.run;

import dev.tiphys.functions.Reactions;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What is behind the addresses that a workflow's Triggers name: the functions, in this JVM.
 *
 * @param reactions asked for with each event, since broker and functions need each other
 */
record FunctionSubscribers(Supplier<Reactions> reactions) {
  private static final String DEAD_LETTER = "/dead-letter";

  /**
   * The Subscriber at the address.
   *
   * @throws IllegalArgumentException if there is none
   */
  Subscriber at(Trigger.Address address) {
    String path = address.path();
    if (path.equals(DEAD_LETTER)) {
      // the broker tells its observer, who counts
      return event -> Subscriber.Response.accepted();
    }
    int planBegins = path.indexOf('/', 1);
    if (planBegins < 0) {
      throw new IllegalArgumentException("the path names no plan: " + path);
    }
    Reaction reaction = reaction(path.substring(0, planBegins));
    String plan = path.substring(planBegins + 1);
    return event ->
        reactions
            .get()
            .subscriber(reaction)
            .deliver(CloudEventBuilder.from(event).withExtension(Attributes.PLAN, plan).build());
  }

  private static Reaction reaction(String path) {
    return Arrays.stream(Reaction.values())
        .filter(reaction -> reaction.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no function at " + path));
  }
}
