package dev.tiphys.cli.run;

import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.deadletter.DeadLetterPath;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is behind the addresses that a workflow's Triggers name: the functions, in this JVM.
 *
 * @param reactions asked for with each event, since broker and functions need each other
 */
record FunctionSubscribers(Supplier<Reactions> reactions, LocalDeadLetters deadLetters) {
  /**
   * The Subscriber at the address.
   *
   * @throws IllegalArgumentException if there is none
   */
  Subscriber at(Trigger.Address address) {
    String path = address.path();
    Optional<DeadLetterPath> sink = DeadLetterPath.parse(path);
    if (sink.isPresent()) {
      return deadLetters.at(sink.get());
    }
    FunctionPath function =
        FunctionPath.parse(path)
            .orElseThrow(() -> new IllegalArgumentException("no function at " + path));
    return event -> reactions.get().subscriber(function.reaction()).deliver(function.stamp(event));
  }
}
