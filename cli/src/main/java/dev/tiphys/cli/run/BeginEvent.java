package dev.tiphys.cli.run;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** What begins a run. */
public final class BeginEvent {
  private static final URI SOURCE = URI.create("/tiphys/cli");

  private BeginEvent() {}

  /** Begins a run with these values of the workflow's parameters. */
  public static CloudEvent of(Plan plan, Map<String, String> parameters) {
    byte[] data =
        Json.write(Map.of("parameters", new TreeMap<>(parameters)))
            .getBytes(StandardCharsets.UTF_8);
    return CloudEventBuilder.v1()
        .withId(UUID.randomUUID().toString())
        .withSource(SOURCE)
        .withType(EventTypes.RUN_BEGIN)
        .withExtension(Attributes.WORKFLOW, plan.workflow())
        .withData("application/json", data)
        .build();
  }

  /** Types of events from outside, each of which begins a run. */
  public static Stream<String> awaited(Plan plan) {
    return plan.rules().stream()
        .filter(Rule.Begin.class::isInstance)
        .map(rule -> rule.on().type())
        .distinct();
  }
}
