package dev.tiphys.tests.adversary;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what an attack has changed that it may not. */
record Breaches(Plan plan) {
  static final String RUN = "run ";
  static final String INSTANCE = "instance ";

  /** A line for each breach; none if all is well. */
  List<String> of(Attack attack, Facts before, Facts after) {
    List<String> breaches = new ArrayList<>();
    before
        .changes(after)
        .forEach(
            (name, change) -> {
              if (!allowed(attack, name, change)) {
                breaches.add(
                    "%s: %s %s"
                        .formatted(attack.name(), name, change.isNew() ? "is new" : "changed"));
              }
            });
    after
        .withCode(Attack.MARK)
        .forEach(
            (name, fact) ->
                breaches.add(
                    "%s: %s would run what was sent: %s"
                        .formatted(attack.name(), name, fact.code())));
    return breaches;
  }

  private boolean allowed(Attack attack, String name, Facts.Change change) {
    return switch (attack.may()) {
      case NOTHING -> false;
      case OF_BEGIN ->
          name.startsWith(RUN) ? change.isNew() : name.startsWith(INSTANCE) && change.isNew();
      case OF_DECLARED_EVENT ->
          name.startsWith(RUN)
              ? !change.isNew() || begins(attack.type())
              : name.startsWith(INSTANCE)
                  && (takers(attack.type()).contains(change.group()) || begins(attack.type()));
    };
  }

  private boolean begins(String type) {
    return plan.rules().stream()
        .anyMatch(rule -> rule instanceof Rule.Begin && rule.on().type().equals(type));
  }

  private Set<String> takers(String type) {
    return plan.rules().stream()
        .filter(rule -> rule.on().external() && rule.on().type().equals(type))
        .flatMap(
            rule ->
                switch (rule) {
                  case Rule.Start start -> Stream.of(start.step());
                  case Rule.Stop stop -> Stream.of(stop.task());
                  case Rule.Update update -> Stream.of(update.task());
                  case Rule.Begin begin -> Stream.<String>empty();
                })
        .collect(Collectors.toSet());
  }
}
