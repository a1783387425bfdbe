package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Proxied;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads where a networkproxy stands, and what passes it. */
final class ProxyReader {
  /** What it has for one kind of upstream alone. */
  static final Set<String> OF_REQUESTS = Set.of("match", "sample", "body", "bodyLimit", "headers");

  static final Set<String> OF_EVENTS = Set.of("filter", "aggregate", "window");

  private static final String BROKER = "broker";
  private static final int MIN_PORT = 1024;
  private static final int MAX_PORT = 65_535;

  /** Where event sidecars hear that their task is being stopped. */
  private static final int FIRST_RESERVED = 9_900;

  private static final int LAST_RESERVED = 9_999;

  private final Reading reading;

  ProxyReader(Reading reading) {
    this.reading = reading;
  }

  /** Empty if it makes no sense, which has been reported. */
  Optional<EventSidecar> read(Fields parameters, EventSidecar.Common common) {
    Optional<Integer> port = port(parameters);
    EventSidecar.OnStop onStop = StdoutReader.onStop(reading, parameters);
    Optional<Located<String>> upstream = parameters.text("upstream");
    boolean events = upstream.filter(word -> word.value().equals(BROKER)).isPresent();
    refuse(parameters, events ? OF_REQUESTS : OF_EVENTS, events);
    Optional<? extends Proxied> proxied =
        events
            ? new ProxiedEventsReader(reading).read(parameters)
            : new ProxiedRequestsReader(reading).read(parameters, upstream);
    return port.flatMap(
        n -> proxied.map(what -> new EventSidecar.NetworkProxy(common, n, what, onStop)));
  }

  private Optional<Integer> port(Fields parameters) {
    Optional<Yaml.Scalar> given =
        parameters.get("port").flatMap(node -> reading.values().number(node, "`port`"));
    if (parameters.get("port").isEmpty()) {
      parameters.missing("port", "add `port: 8888`, where it listens in the task's pod");
    }
    return given.flatMap(scalar -> port(scalar.text(), scalar.at()));
  }

  private Optional<Integer> port(String text, SourceSpan at) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port >= MIN_PORT && port <= MAX_PORT && (port < FIRST_RESERVED || port > LAST_RESERVED)) {
      return Optional.of(port);
    }
    reading
        .found()
        .report(
            Code.INVALID_NUMBER,
            at,
            "`port` cannot be " + text,
            "use one from 1024 to 65535; 9900 to 9999 are Tiphys's");
    return Optional.empty();
  }

  private void refuse(Fields parameters, Set<String> names, boolean events) {
    names.stream()
        .sorted()
        .flatMap(name -> parameters.get(name).map(node -> new Located<>(name, node.at())).stream())
        .forEach(
            field ->
                reading
                    .found()
                    .report(
                        Code.CONFLICTING_FIELDS,
                        field.at(),
                        "`%s` is %s"
                            .formatted(
                                field,
                                events
                                    ? "about requests, and with `upstream: broker` events pass"
                                    : "about events, and without `upstream: broker` requests pass"),
                        events ? "remove it" : "add `upstream: broker`, or remove it"));
  }

  /** A list, or words with commas between them; numbers may be among them. */
  static Stream<Located<String>> words(Reading reading, Yaml node, String what) {
    if (node instanceof Yaml.Sequence list) {
      return list.items().stream().flatMap(item -> words(reading, item, what));
    }
    return reading.values().plainValue(node, what).stream()
        .flatMap(
            scalar ->
                Arrays.stream(scalar.text().split(",", -1))
                    .map(word -> new Located<>(word.strip(), scalar.at())));
  }

  /** Reports that it cannot be done so. */
  static void invalid(Reading reading, SourceSpan at, String what, String remedy) {
    reading.found().report(Code.INVALID_PROXY, at, what, remedy);
  }
}
