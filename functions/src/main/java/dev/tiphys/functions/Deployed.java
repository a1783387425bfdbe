package dev.tiphys.functions;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.RuleIndex;

/** A plan with its index of rules. */
record Deployed(Plan plan, RuleIndex rules) {
  static Deployed of(Plan plan) {
    return new Deployed(plan, new RuleIndex(plan));
  }
}
