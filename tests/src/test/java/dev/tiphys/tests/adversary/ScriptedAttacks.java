package dev.tiphys.tests.adversary;

import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Those attacks on a live run that may change nothing, as a shell script for a pod: each event type
 * with each attribute, to the broker and to the functions of its plan.
 */
public record ScriptedAttacks(Plan plan, String run) {
  /** The workflow that they are made for; its run goes on until it is stopped. */
  public static final String WORKFLOW = Victim.WORKFLOW;

  /** A shell's command line is bounded, and so is what a ConfigMap holds. */
  private static final int HEADER_MAX = 1_000;

  /** The script; it prints the status of each answer. */
  public String against(String broker, String functions) {
    Attacks attacks = new Attacks(plan, run, Map.of(), Map.of());
    return attacks.types().stream()
        .filter(type -> !type.equals(EventTypes.RUN_BEGIN))
        .flatMap(type -> attacks.of(type).values().stream())
        .flatMap(List::stream)
        .filter(attack -> attack.may() == Attack.Effects.NOTHING)
        .filter(attack -> attack.path().equals("/") || ofFunction(attack))
        .filter(attack -> attack.headers().values().stream().allMatch(v -> v.length() < HEADER_MAX))
        .map(attack -> command(attack, broker, functions))
        // what is absent anyway
        .distinct()
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** There the wrong ones have to do, so that a ConfigMap holds them all. */
  private boolean ofFunction(Attack attack) {
    return attack.path().endsWith(plan.id())
        && (attack.name().endsWith(" wrong") || attack.name().endsWith(": plain"));
  }

  private static String command(Attack attack, String broker, String functions) {
    String address = attack.path().equals("/") ? broker : functions + attack.path();
    Stream<String> headers =
        attack.headers().entrySet().stream()
            .map(header -> "--header " + quoted(header.getKey() + ": " + header.getValue()));
    return "wget -q -S -O - --post-data %s %s %s 2>&1 | grep -o 'HTTP/1.1 [0-9]*' | tail -1"
        .formatted(
            quoted(attack.body()), headers.collect(Collectors.joining(" ")), quoted(address));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
