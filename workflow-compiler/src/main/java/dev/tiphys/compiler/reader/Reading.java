package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.event.ObjectField;
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

  /** A path into an event's data; one that is none is reported. */
  Optional<ObjectField> objectField(Located<String> path) {
    Optional<ObjectField> field = ObjectField.parse(path.value());
    if (field.isEmpty()) {
      found.report(
          Code.INVALID_OBJECT_FIELD,
          path.at(),
          "`" + path + "` is not a path into an event's data",
          "write names joined by dots, and [n] for the n-th item: items[0].name");
    }
    return field;
  }
}
