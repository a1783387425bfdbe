package dev.tiphys.knative;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The coin flip's Plan, and variations of it. */
final class CoinFlip {
  private CoinFlip() {}

  static Plan plan() {
    try {
      return Plan.fromJson(
          Files.readString(Path.of("src/test/resources/golden/coinflip/in-plan.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Plan named(String workflow) {
    return with(workflow, plan().rules());
  }

  static Plan with(List<Rule> rules) {
    return with(plan().workflow(), rules);
  }

  private static Plan with(String workflow, List<Rule> rules) {
    Plan plan = plan();
    return new Plan(
        workflow,
        plan.runPrefix(),
        plan.entrypoint(),
        plan.parameters(),
        plan.parallelism(),
        plan.templates(),
        rules);
  }
}
