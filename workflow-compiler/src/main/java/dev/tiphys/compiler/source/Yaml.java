package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;

/** A node of a YAML file, and where it begins. Aliases and merge keys are already followed. */
public sealed interface Yaml {
  SourceSpan at();

  /** What a message calls it: {@code a list}. */
  String kindName();

  /** How many nodes it stands for when every alias below it is written out. */
  long size();

  /** Keys are unique. */
  record Mapping(List<Entry> entries, SourceSpan at, long size) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kindName() {
      return "a mapping";
    }

    /** The value under the key. */
    public Optional<Yaml> get(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return Optional.of(entry.value());
        }
      }
      return Optional.empty();
    }
  }

  /** One key and its value. */
  record Entry(Scalar key, Yaml value) {}

  /** A list. */
  record Sequence(List<Yaml> items, SourceSpan at, long size) implements Yaml {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kindName() {
      return "a list";
    }
  }

  /**
   * A scalar.
   *
   * @param text its value, as text whatever its kind
   * @param layout where each part of the value stands in the file
   */
  record Scalar(String text, Kind kind, Layout layout) implements Yaml {
    @Override
    public SourceSpan at() {
      return layout.start();
    }

    @Override
    public String kindName() {
      return kind.description;
    }

    @Override
    public long size() {
      return 1;
    }

    /** Whether it says that there is no value. */
    public boolean isNull() {
      return kind == Kind.NULL;
    }
  }

  /** How YAML's core schema reads a scalar. */
  enum Kind {
    TEXT("text"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("nothing");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }
}
