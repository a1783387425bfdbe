package dev.tiphys.tests.adversary;

import dev.tiphys.functions.authorize.TokenCheck;
import dev.tiphys.functions.shell.GuardedFront;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Posts straight to the functions what a Trigger could bring them: an event that has an effect, to
 * each path, in a run of which something is left to do. Who is to be turned away may change
 * nothing.
 *
 * @param check null: it is switched off
 */
record Intrusion(Plan plan, @Nullable TokenCheck check) {
  /** What it has changed. */
  List<String> changes(Reaction reaction, String shown, Optional<String> token)
      throws IOException, InterruptedException {
    try (Target target = Target.defended(plan);
        GuardedFront front = GuardedFront.open(target.reactions(), check);
        HttpClient client = HttpClient.newHttpClient()) {
      target.leaveWorkFor(reaction);
      Attack attack = attack(reaction, shown, token, target.attacks().run());
      Facts before = target.facts();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(front.address().resolve(attack.path()))
              .POST(BodyPublishers.ofString(attack.body()));
      attack.headers().forEach(request::header);
      client.send(request.build(), BodyHandlers.discarding());
      return new Breaches(plan).of(attack, before, target.facts());
    }
  }

  private Attack attack(Reaction reaction, String shown, Optional<String> token, String run) {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", "intruder");
    headers.put("ce-source", "/intruder");
    headers.put("ce-type", type(reaction));
    headers.put("content-type", "application/json");
    if (reaction == Reaction.ADVANCE) {
      headers.put("ce-" + Attributes.RUN, run);
    }
    token.ifPresent(text -> headers.put("authorization", "Bearer " + text));
    return new Attack(
        reaction + " with " + shown,
        reaction.path(plan.id()),
        headers,
        reaction == Reaction.BEGIN ? "" : "{\"content\": \"9\"}",
        Attack.Effects.NOTHING);
  }

  private static String type(Reaction reaction) {
    return switch (reaction) {
      case BEGIN -> EventTypes.RUN_BEGIN;
      case START -> "order";
      case STOP -> "closing";
      case UPDATE -> "price";
      case ADVANCE -> EventTypes.RUN_CHANGED;
    };
  }
}
