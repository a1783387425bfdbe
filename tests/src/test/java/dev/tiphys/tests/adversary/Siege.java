package dev.tiphys.tests.adversary;

import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All attacks of one type on fresh targets, one for each place that they are posted to. */
final class Siege {
  private Siege() {}

  /** Makes a target; twice the same. */
  @FunctionalInterface
  interface Targets {
    Target open() throws IOException;
  }

  /** What they have changed that they may not. */
  static List<String> breaches(Plan plan, String type, Targets targets)
      throws IOException, InterruptedException {
    List<String> breaches = new ArrayList<>();
    Attacks attacks;
    try (Target target = targets.open()) {
      attacks = target.attacks();
    }
    for (List<Attack> there : attacks.of(type).values()) {
      try (Target target = targets.open()) {
        breaches.addAll(breaches(new Breaches(plan), there, target));
      }
    }
    return breaches;
  }

  private static List<String> breaches(Breaches rules, List<Attack> attacks, Target target)
      throws IOException, InterruptedException {
    List<String> breaches = new ArrayList<>();
    Facts before = target.facts();
    for (Attack attack : attacks) {
      target.suffer(attack);
      Facts after = target.facts();
      breaches.addAll(rules.of(attack, before, after));
      before = after;
    }
    return breaches;
  }
}
