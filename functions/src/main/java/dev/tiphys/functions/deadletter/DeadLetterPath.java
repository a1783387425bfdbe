package dev.tiphys.functions.deadletter;

import dev.tiphys.functions.FunctionPath;
import dev.tiphys.triggers.plan.Routes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of the dead-letter sink says: {@code /dead-letter/PLAN} as a plan's Trigger has it,
 * or {@code /dead-letter} as those of an older Tiphys have.
 *
 * @param plan id of the plan; empty if the path names none
 */
public record DeadLetterPath(String plan) {
  private static final Pattern PATH =
      Pattern.compile(Pattern.quote(Routes.DEAD_LETTER_PATH) + FunctionPath.PLAN_SUFFIX);

  /** Empty if the path is none of the dead-letter sink's. */
  public static Optional<DeadLetterPath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? Optional.of(new DeadLetterPath(matcher.group(1) == null ? "" : matcher.group(1)))
        : Optional.empty();
  }
}
