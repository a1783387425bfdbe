package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the events that a task emits as its outputs: each is a lifecyclewatcher in short. */
final class OutputsReader {
  private static final String IMAGE = "tiphys/lifecyclewatcher";

  private final Reading reading;

  OutputsReader(Reading reading) {
    this.reading = reading;
  }

  /** The sidecars {@code output-1}, {@code output-2} and so on, in the file's order. */
  List<Sidecar> events(Fields outputs) {
    List<Sidecar> sidecars = new ArrayList<>();
    reading
        .each(outputs.list("events"), Shape.OUTPUT_EVENT, Optional::of)
        .forEach(event -> read(event, "output-" + (sidecars.size() + 1)).ifPresent(sidecars::add));
    return sidecars;
  }

  private Optional<Sidecar> read(Fields event, String name) {
    Optional<Located<String>> type =
        event.requiredText("name").map(new AttributesReader(reading)::type);
    Optional<Set<Moment>> on =
        event.get("on").isPresent()
            ? new LifecycleReader(reading).read(event)
            : Optional.of(Set.of(Moment.SUCCESS));
    EventSidecar.Common common =
        new SidecarReader(reading).common(name, IMAGE, type.map(Located::value).orElse(""), event);
    return type.flatMap(
        t ->
            on.map(
                moments ->
                    new Sidecar(
                        new Located<>(name, t.at()),
                        new Located<>(IMAGE, t.at()),
                        t,
                        new EventSidecar.LifecycleWatcher(common, moments))));
  }
}
