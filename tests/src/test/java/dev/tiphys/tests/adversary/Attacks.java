package dev.tiphys.tests.adversary;

import dev.tiphys.tests.adversary.Attack.Effects;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.TaskTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All attacks on a live run of a Plan: each event type with each attribute absent, empty, wrong, of
 * another run, replayed and oversized; forged sources and signatures; through the broker, and
 * straight to each path of the functions.
 *
 * @param overheard events of the run that were signed and delivered, by type: a stranger may have
 *     seen them
 * @param another the same of another run
 */
record Attacks(
    Plan plan, String run, Map<String, Request> overheard, Map<String, Request> another) {
  private static final String BROKER = "/";
  private static final String BODY = "{\"content\": \"" + Attack.MARK + "; id\"}";
  private static final int OVERSIZED = 70_000;

  private static final List<String> ATTRIBUTES =
      List.of(
          "id",
          "source",
          "subject",
          "time",
          "dataschema",
          Attributes.WORKFLOW,
          Attributes.RUN,
          Attributes.TASK,
          Attributes.INSTANCE,
          Attributes.SEQUENCE,
          Attributes.PARTITION_KEY,
          Attributes.END_OF_STREAM,
          Attributes.DISCARDED,
          Attributes.REFUSED,
          Attributes.RESOURCE_VERSION,
          Attributes.OBJECT_ACTION,
          Attributes.OBJECT_KIND,
          Attributes.ALL_RUNS,
          Attributes.SIGNATURE,
          Attributes.PLAN,
          "knativearrivaltime",
          "traceparent",
          "unheardof");

  /** The same in words of HTTP. */
  record Request(SortedMap<String, String> headers, String body) {}

  /** Of one type, in an order that the Plan alone decides; by where they are posted. */
  SortedMap<String, List<Attack>> of(String type) {
    SortedMap<String, List<Attack>> attacks = new TreeMap<>();
    for (String path : paths()) {
      attacks.put(path, of(type, path));
    }
    return attacks;
  }

  NavigableSet<String> types() {
    NavigableSet<String> types = new TreeSet<>();
    plan.rules().forEach(rule -> types.add(rule.on().type()));
    plan.templates().values().stream()
        .flatMap(t -> t instanceof TaskTemplate task ? task.sidecars().stream() : Stream.empty())
        .map(EventSidecar::eventType)
        .forEach(types::add);
    types.addAll(
        List.of(
            EventTypes.RUN_BEGIN,
            EventTypes.RUN_CHANGED,
            EventTypes.TASK_STARTED,
            EventTypes.TASK_ENDED,
            EventTypes.WATCH_PREFIX + "configmaps",
            "dev.tiphys.run.stop",
            "dev.tiphys.unheard.of",
            "unheard.of"));
    return types;
  }

  /** The broker, the functions' paths, and these for a plan that somebody else may have made. */
  private List<String> paths() {
    return Stream.concat(
            Stream.of(BROKER),
            Stream.of(Reaction.values())
                .flatMap(
                    reaction ->
                        Stream.of(
                            reaction.path(plan.id()),
                            reaction.path("victim-0000000000"),
                            reaction.path())))
        .toList();
  }

  private List<Attack> of(String type, String path) {
    if (type.equals(EventTypes.RUN_BEGIN)) {
      return begins(path);
    }
    List<Attack> attacks = new ArrayList<>();
    SortedMap<String, String> plain = plain(type);
    attacks.add(attack("plain", path, plain, BODY));
    for (String attribute : ATTRIBUTES) {
      values(attribute)
          .forEach(
              (name, value) ->
                  attacks.add(
                      attack(
                          attribute + " " + name,
                          path,
                          value
                              .map(text -> with(plain, attribute, text))
                              .orElseGet(() -> without(plain, attribute)),
                          BODY)));
    }
    signed(type)
        .forEach(
            (name, request) ->
                attacks.add(attack("signed " + name, path, request.headers(), request.body())));
    return attacks;
  }

  /** What somebody from outside would send. */
  private SortedMap<String, String> plain(String type) {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", Attack.MARK + "-" + type);
    headers.put("ce-source", "/" + Attack.MARK);
    headers.put("ce-type", type);
    headers.put("content-type", "application/json");
    return headers;
  }

  private SortedMap<String, Optional<String>> values(String attribute) {
    SortedMap<String, Optional<String>> values = new TreeMap<>();
    values.put("absent", Optional.empty());
    values.put("empty", Optional.of(""));
    values.put("wrong", Optional.of(wrong(attribute)));
    values.put("oversized", Optional.of("9".repeat(OVERSIZED)));
    Stream.concat(overheard.values().stream(), another.values().stream())
        .flatMap(request -> Stream.ofNullable(request.headers().get("ce-" + attribute)))
        .distinct()
        .forEach(value -> values.put("replayed (" + value + ")", Optional.of(value)));
    return values;
  }

  private String wrong(String attribute) {
    return switch (attribute) {
      case Attributes.RUN -> run;
      case Attributes.RESOURCE_VERSION -> "9000000000000000000";
      case Attributes.SEQUENCE -> "000000000001";
      case "time" -> "2999-01-01T00:00:00Z";
      default -> "true";
    };
  }

  /** Signed events of the run and of another, as they are and changed in one place. */
  private SortedMap<String, Request> signed(String type) {
    SortedMap<String, Request> all = new TreeMap<>();
    Map.of("overheard", overheard, "of another run", another)
        .forEach(
            (whose, events) ->
                events.forEach(
                    (kind, sent) ->
                        changed(type, kind, sent)
                            .forEach((how, request) -> all.put(whose + ", " + how, request))));
    return all;
  }

  private SortedMap<String, Request> changed(String type, String kind, Request sent) {
    SortedMap<String, String> headers = sent.headers();
    if (!kind.equals(type)) {
      return new TreeMap<>(
          Map.of("retyped from " + kind, new Request(with(headers, "type", type), sent.body())));
    }
    SortedMap<String, Request> all = new TreeMap<>();
    all.put("replayed", sent);
    all.put("with other data", new Request(headers, BODY));
    all.put("in the name of the run", new Request(with(headers, Attributes.RUN, run), sent.body()));
    for (String attribute : ATTRIBUTES) {
      all.put(
          attribute + " changed",
          new Request(with(headers, attribute, wrong(attribute) + "1"), sent.body()));
      all.put("without " + attribute, new Request(without(headers, attribute), sent.body()));
    }
    return all;
  }

  private static SortedMap<String, String> with(
      SortedMap<String, String> headers, String attribute, String value) {
    SortedMap<String, String> changed = new TreeMap<>(headers);
    changed.put("ce-" + attribute, value);
    return changed;
  }

  private static SortedMap<String, String> without(
      SortedMap<String, String> headers, String attribute) {
    SortedMap<String, String> changed = new TreeMap<>(headers);
    changed.remove("ce-" + attribute);
    return changed;
  }

  private List<Attack> begins(String path) {
    Map<String, String> bodies =
        new TreeMap<>(
            Map.of(
                "with code", "{\"parameters\": {\"who\": \"" + Attack.MARK + "; id\"}}",
                "with code beside a value",
                    "{\"parameters\": {\"goods\": \"x\", \"who\": \"" + Attack.MARK + "\"}}",
                "with a value", "{\"parameters\": {\"goods\": \"" + Attack.MARK + "; id\"}}",
                "with an unknown parameter", "{\"parameters\": {\"" + Attack.MARK + "\": \"x\"}}",
                "with a list", "[\"" + Attack.MARK + "\"]",
                "with a plan", "{\"plan\": \"" + Attack.MARK + "\"}",
                "with nothing", ""));
    List<Attack> attacks = new ArrayList<>();
    bodies.forEach(
        (name, body) -> {
          SortedMap<String, String> plain = with(plain(EventTypes.RUN_BEGIN), "id", name + path);
          attacks.add(attack(name, path, plain, body));
          attacks.add(
              attack(name + ", naming the run", path, with(plain, Attributes.RUN, run), body));
        });
    return attacks;
  }

  private Attack attack(String name, String path, SortedMap<String, String> headers, String body) {
    String type = headers.getOrDefault("ce-type", "");
    return new Attack(type + " to " + path + ": " + name, path, headers, body, effects(type));
  }

  private Effects effects(String type) {
    if (type.equals(EventTypes.RUN_BEGIN)) {
      return Effects.OF_BEGIN;
    }
    boolean declared =
        plan.rules().stream().map(Rule::on).anyMatch(on -> on.external() && on.type().equals(type));
    return declared ? Effects.OF_DECLARED_EVENT : Effects.NOTHING;
  }
}
