package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.source.Yaml;
import java.util.ArrayList;
import java.util.List;

/** Reads a sidecar's parameters in any of their three spellings into one mapping. */
final class SidecarParameters {
  private final Reading reading;
  private final List<Yaml.Entry> entries = new ArrayList<>();

  private SidecarParameters(Reading reading) {
    this.reading = reading;
  }

  /**
   * {@code {stream: stdout}}, {@code [{stream: stdout}]} or {@code [{name: stream, value:
   * stdout}]}.
   */
  static Yaml.Mapping read(Yaml node, Reading reading) {
    SidecarParameters parameters = new SidecarParameters(reading);
    switch (node) {
      case Yaml.Mapping mapping -> mapping.entries().forEach(parameters::add);
      case Yaml.Sequence list -> list.items().forEach(parameters::addItem);
      case Yaml.Scalar scalar -> reading.values().mapping(scalar, "`parameters`");
    }
    return new Yaml.Mapping(parameters.entries, node.at(), node.size());
  }

  private void addItem(Yaml item) {
    if (!(item instanceof Yaml.Mapping mapping)) {
      reading.values().mapping(item, "a parameter");
      return;
    }
    if (mapping.entries().size() == 1) {
      add(mapping.entries().getFirst());
    } else if (mapping.entries().size() == 2
        && mapping.get("name").isPresent()
        && mapping.get("value").isPresent()) {
      mapping
          .get("name")
          .flatMap(name -> reading.values().text(name, "a parameter's `name`"))
          .ifPresent(name -> mapping.get("value").ifPresent(v -> add(new Yaml.Entry(name, v))));
    } else {
      reading
          .found()
          .report(
              Code.WRONG_TYPE,
              item.at(),
              "an item of `parameters` is one parameter, not " + mapping.entries().size(),
              "write `- stream: stdout`, one parameter per item");
    }
  }

  private void add(Yaml.Entry entry) {
    boolean twice = entries.stream().anyMatch(e -> e.key().text().equals(entry.key().text()));
    if (twice) {
      reading
          .found()
          .report(
              Code.DUPLICATE_NAME,
              entry.key().at(),
              "the parameter `" + entry.key().text() + "` is already set",
              "keep one of the two");
    } else {
      entries.add(entry);
    }
  }
}
