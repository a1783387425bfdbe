package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.plan.EventSidecar;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which changes in a task's life a lifecyclewatcher tells. */
final class LifecycleReader {
  private static final Map<String, EventSidecar.Moment> MOMENTS =
      Arrays.stream(EventSidecar.Moment.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  moment -> moment.name().toLowerCase(Locale.ROOT), moment -> moment));

  private final Reading reading;

  LifecycleReader(Reading reading) {
    this.reading = reading;
  }

  /** Empty if there is none, which has been reported. */
  Optional<Set<EventSidecar.Moment>> read(Fields parameters) {
    Optional<Yaml> stream = parameters.get("stream");
    Optional<Yaml> on = parameters.get("on");
    if (stream.isPresent() && on.isPresent()) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              on.get().at(),
              "`stream` and `on` are two spellings of one parameter",
              "keep `on`");
    }
    Optional<Yaml> given = on.or(() -> stream);
    List<Located<String>> words = given.stream().flatMap(this::words).toList();
    if (words.isEmpty()) {
      parameters.missing(
          "on", "add `on` with: " + String.join(", ", MOMENTS.keySet().stream().sorted().toList()));
      return Optional.empty();
    }
    Set<EventSidecar.Moment> moments = EnumSet.noneOf(EventSidecar.Moment.class);
    words.stream().flatMap(word -> moment(word).stream()).forEach(moments::add);
    return moments.isEmpty() ? Optional.empty() : Optional.of(moments);
  }

  private Optional<EventSidecar.Moment> moment(Located<String> word) {
    return reading.values().choice(word, "moment in a task's life", MOMENTS, Set.of());
  }

  /** A list, or words with commas between them. */
  private Stream<Located<String>> words(Yaml node) {
    if (node instanceof Yaml.Sequence list) {
      return list.items().stream().flatMap(this::words);
    }
    return reading.values().text(node, "a moment in a task's life").stream()
        .flatMap(
            scalar ->
                Arrays.stream(scalar.text().split(",", -1))
                    .map(word -> new Located<>(word.strip(), scalar.at())));
  }
}
