package dev.tiphys.cli.run;

import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a person begins a run by: the run is created, and an event then names it. */
public final class BeginEvent {
  private static final URI SOURCE = URI.create("/tiphys/cli");

  private BeginEvent() {}

  /** A new run of the plan, with these values of the workflow's parameters. */
  public static RunRequest request(Plan plan, Map<String, String> parameters) {
    EventKey unique = new EventKey(SOURCE.toString(), UUID.randomUUID().toString());
    return new RunRequest(
        Names.run(plan.runPrefix(), unique), plan.workflow(), plan.id(), new TreeMap<>(parameters));
  }

  /** Has the run begin, which has to be there. */
  public static CloudEvent of(RunRequest request) {
    return naming(request.workflow(), request.name(), EventTypes.RUN_BEGIN);
  }

  /** An event that only names a run: anybody may send it, since it takes its meaning from there. */
  public static CloudEvent naming(String workflow, String run, String type) {
    return CloudEventBuilder.v1()
        .withId(UUID.randomUUID().toString())
        .withSource(SOURCE)
        .withType(type)
        .withExtension(Attributes.WORKFLOW, workflow)
        .withExtension(Attributes.RUN, run)
        .withExtension(Attributes.PARTITION_KEY, run)
        .build();
  }
}
