package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.TaggedText;
import dev.tiphys.compiler.source.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the inputs of a template. */
final class InputReader {
  private static final List<String> SOURCES = List.of("value", "default", "valueFrom");

  private final Reading reading;
  private final EventReader events;

  InputReader(Reading reading) {
    this.reading = reading;
    this.events = new EventReader(reading);
  }

  /** A mapping with {@code parameters}, or directly the list of them; empty if it is neither. */
  Optional<List<Input>> read(Yaml node) {
    Optional<List<Yaml>> parameters =
        switch (node) {
          case Yaml.Sequence list -> Optional.of(list.items());
          case Yaml.Mapping mapping ->
              parameters(new Fields(mapping, Shape.INPUTS, reading.values(), reading.found()));
          case Yaml.Scalar scalar -> {
            reading.values().fields(scalar, Shape.INPUTS);
            yield Optional.empty();
          }
        };
    return parameters.map(list -> reading.each(list, Shape.INPUT, this::input));
  }

  private Optional<List<Yaml>> parameters(Fields inputs) {
    return inputs
        .get("parameters")
        .map(node -> reading.values().list(node, "`parameters`"))
        .orElse(Optional.of(List.of()));
  }

  private Optional<Input> input(Fields fields) {
    fields.scalar("description");
    Optional<Located<String>> name = fields.requiredText("name");
    Input.Origin origin = origin(fields);
    return name.map(n -> new Input(n, origin));
  }

  private Input.Origin origin(Fields fields) {
    List<Yaml> given = SOURCES.stream().flatMap(s -> fields.get(s).stream()).toList();
    if (given.size() == 2 && fields.get("value").isEmpty()) {
      defaultBeside(given.getFirst(), given.getLast());
      return new Input.Broken();
    }
    if (given.size() > 1) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              given.get(1).at(),
              "an input has one of " + String.join(", ", SOURCES) + ", not several",
              "keep one of them");
      return new Input.Broken();
    }
    if (fields.get("valueFrom").isPresent()) {
      return events.read(fields);
    }
    Optional<TaggedText> defaultValue =
        Stream.of("value", "default")
            .flatMap(field -> fields.parameterValue(field).stream())
            .findFirst()
            .map(reading.texts()::read);
    return new Input.Argument(defaultValue.orElse(null));
  }

  /** Argo has it inside of {@code valueFrom}, too. */
  private void defaultBeside(Yaml defaultValue, Yaml valueFrom) {
    reading
        .found()
        .report(
            Code.CONFLICTING_FIELDS,
            defaultValue.at(),
            "`default` stands beside `valueFrom`",
            EventReader.mayHaveDefault(valueFrom)
                ? "move it inside: `valueFrom: {event: {...}, default: ...}`"
                : "remove it: only an input with `eventPolicy: update` has a value before its first"
                    + " event");
  }
}
