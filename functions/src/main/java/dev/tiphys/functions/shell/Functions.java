package dev.tiphys.functions.shell;

import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.util.function.Function;

/** Where the HTTP front finds the functions. */
@FunctionalInterface
interface Functions {
  /** The function of that reaction; every reaction has one. */
  Function<CloudEvent, Response> of(Reaction reaction);
}
