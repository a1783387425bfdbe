package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of one mapping: each key once, and merge keys ({@code <<: *anchor}) followed. */
final class Entries {
  private static final String MERGE = "<<";

  private final Diagnostics found;
  private final Map<String, Yaml.Entry> own = new LinkedHashMap<>();
  private final List<Yaml.Entry> merges = new ArrayList<>();

  Entries(Diagnostics found) {
    this.found = found;
  }

  void add(Yaml.Scalar key, Yaml value) {
    if (key.text().equals(MERGE)) {
      merges.add(new Yaml.Entry(key, value));
      return;
    }
    Yaml.Entry first = own.putIfAbsent(key.text(), new Yaml.Entry(key, value));
    if (first != null) {
      found.report(
          Code.DUPLICATE_KEY,
          key.at(),
          "`" + key.text() + "` is already set on line " + first.key().at().line(),
          "keep one of the two");
    }
  }

  /** Own keys win over merged ones, and earlier merged ones over later. */
  List<Yaml.Entry> merged() {
    for (Yaml.Entry merge : merges) {
      switch (merge.value()) {
        case Yaml.Mapping mapping -> merge(mapping);
        case Yaml.Sequence list -> list.items().forEach(item -> mergeItem(merge, item));
        case Yaml.Scalar scalar -> mergeItem(merge, scalar);
      }
    }
    return List.copyOf(own.values());
  }

  private void mergeItem(Yaml.Entry merge, Yaml item) {
    if (item instanceof Yaml.Mapping mapping) {
      merge(mapping);
    } else {
      found.report(
          Code.WRONG_TYPE,
          merge.key().at(),
          "`<<` merges mappings, not " + item.kindName(),
          "merge an alias of a mapping: `<<: *name`");
    }
  }

  private void merge(Yaml.Mapping mapping) {
    mapping.entries().forEach(entry -> own.putIfAbsent(entry.key().text(), entry));
  }
}
