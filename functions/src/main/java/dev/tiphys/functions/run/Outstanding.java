package dev.tiphys.functions.run;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a run's own streams is not accounted for: how many events each has is known from its
 * sidecar, and what became of them from those who listen. Of events from outside only their senders
 * know how many there are.
 */
final class Outstanding {
  private final Plan plan;
  private final Run run;
  private final Collection<Instance> instances;

  private Outstanding(Plan plan, Run run, Collection<Instance> instances) {
    this.plan = plan;
    this.run = run;
    this.instances = instances;
  }

  /** Each stream and listener that has not heard it to its end, in words; empty where all have. */
  static List<String> of(Plan plan, Run run, Collection<Instance> instances) {
    Outstanding outstanding = new Outstanding(plan, run, instances);
    return instances.stream()
        .filter(instance -> instance.started() || !instance.state().terminal())
        .sorted(Comparator.comparing(Instance::name))
        .flatMap(outstanding::ofInstance)
        .toList();
  }

  private Stream<String> ofInstance(Instance instance) {
    return plan.task(instance.identity().task()).sidecars().stream()
        .filter(EventSidecar::feedsRun)
        .flatMap(sidecar -> ofStream(instance, sidecar));
  }

  private Stream<String> ofStream(Instance instance, EventSidecar sidecar) {
    String stream = instance.identity().stream(sidecar.name());
    return plan.rules().stream()
        .filter(rule -> rule.on().type().equals(sidecar.eventType()))
        .filter(rule -> !toTheEnd(rule, stream))
        .map(Listener::of)
        .distinct()
        .map(
            listener ->
                "%s has not heard all %s of %s (%s)"
                    .formatted(listener, sidecar.eventType(), instance.name(), sidecar.name()));
  }

  private boolean toTheEnd(Rule rule, String stream) {
    return switch (rule) {
      case Rule.Begin _ -> true;
      case Rule.Start start -> heard(start).toTheEnd(stream);
      case Rule.Stop stop ->
          of(run.stops().getOrDefault(stop.task(), Heard.NOTHING)).toTheEnd(stream);
      case Rule.Update update -> of(run.updated(update.task()).heard()).toTheEnd(stream);
    };
  }

  private static Accounted of(Heard heard) {
    return new Accounted(heard, List.of());
  }

  /** What its nodes have heard, and what came while it had none. */
  private Accounted heard(Rule.Start rule) {
    List<String> paths =
        run.nodes().entrySet().stream()
            .filter(
                e ->
                    e.getValue() instanceof Node.Armed armed
                        && armed.step().equals(rule.step())
                        && run.scope(armed.scope()).template().equals(rule.scope()))
            .map(e -> e.getKey())
            .toList();
    Heard heard =
        run.unheard().getOrDefault(Listener.step(rule.scope(), rule.step()), Heard.NOTHING);
    for (String path : paths) {
      heard = heard.merge(run.armed(path).heard());
    }
    return new Accounted(
        heard, instances.stream().filter(i -> paths.contains(i.identity().node())).toList());
  }
}
