package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.source.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the readers of one file share. */
record Reading(Diagnostics found, Values values, TaggedTextReader texts) {
  static Reading into(Diagnostics found) {
    return new Reading(found, new Values(found), new TaggedTextReader(found));
  }

  /** The objects of a list; those that cannot be read have been reported and are left out. */
  <T> List<T> each(List<Yaml> items, Shape shape, Function<Fields, Optional<T>> read) {
    return items.stream()
        .flatMap(item -> values.fields(item, shape).stream())
        .flatMap(fields -> read.apply(fields).stream())
        .toList();
  }

  /** An object whose fields somebody else checks. */
  Fields unchecked(Yaml.Mapping mapping) {
    return new Fields(mapping, Shape.any("it", mapping), values, found);
  }
}
