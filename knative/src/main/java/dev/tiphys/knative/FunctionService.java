package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Trigger.Address;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Routes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Knative Service that serves functions, and the account of the same name that it acts under.
 *
 * @param reactions the functions that Triggers reach there; the image holds all of them
 */
record FunctionService(String name, Set<Reaction> reactions) {
  private static final String PREFIX = "tiphys-";

  /** One for all: a run then meets one cold start, not one for each function. */
  static final FunctionService COMMON =
      new FunctionService(PREFIX + "functions", EnumSet.allOf(Reaction.class));

  FunctionService {
    reactions = Set.copyOf(reactions);
  }

  /** Those that there are. */
  static List<FunctionService> of(boolean split) {
    return split
        ? Stream.of(Reaction.values()).map(FunctionService::alone).toList()
        : List.of(COMMON);
  }

  /** The one that serves the function. */
  static FunctionService serving(Reaction reaction, boolean split) {
    return split ? alone(reaction) : COMMON;
  }

  /**
   * Where a plan's dead letters go: the functions keep them. {@code advance} is the most often
   * awake.
   */
  static Address deadLetters(String plan, boolean split) {
    return new Address(serving(Reaction.ADVANCE, split).name(), Routes.deadLetterPath(plan));
  }

  private static FunctionService alone(Reaction reaction) {
    return new FunctionService(PREFIX + reaction.lowerCaseName(), EnumSet.of(reaction));
  }
}
