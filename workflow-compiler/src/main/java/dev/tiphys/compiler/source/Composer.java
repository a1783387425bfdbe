package dev.tiphys.compiler.source;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Makes a tree of a document's events. */
final class Composer {
  static final int MAX_DEPTH = 64;

  /** With aliases written out: a small file can stand for a huge one. */
  static final long MAX_NODES = 1_000_000;

  private static final CoreScalarResolver SCALARS = new CoreScalarResolver(false);

  private final Iterator<Event> events;
  private final SourceText source;
  private final Diagnostics found;
  private final Map<Anchor, Yaml> anchors = new HashMap<>();
  private boolean danglingAlias;

  Composer(Iterator<Event> events, SourceText source, Diagnostics found) {
    this.events = events;
    this.source = source;
    this.found = found;
  }

  /** The root; empty if no sense can be made of it, which has been reported. */
  Optional<Yaml> compose() {
    Yaml root = node(events.next(), 0);
    if (root.size() > MAX_NODES) {
      found.report(
          Code.TOO_MANY_ALIASES,
          root.at(),
          "with its aliases written out the file has more than " + MAX_NODES + " values",
          "repeat fewer parts of the file by alias");
      return Optional.empty();
    }
    return danglingAlias ? Optional.empty() : Optional.of(root);
  }

  private Yaml node(Event event, int depth) {
    SourceSpan at = at(event);
    if (depth > MAX_DEPTH) {
      throw new TooDeepException(at);
    }
    return switch (event) {
      case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar));
      case SequenceStartEvent start -> anchored(start.getAnchor(), sequence(at, depth));
      case MappingStartEvent start ->
          anchored(start.getAnchor(), mapping(at, start.isFlow(), depth));
      case AliasEvent alias -> alias(alias, at);
      default -> throw new IllegalStateException("the parser gave " + event);
    };
  }

  private Yaml anchored(Optional<Anchor> anchor, Yaml node) {
    anchor.ifPresent(a -> anchors.put(a, node));
    return node;
  }

  private Yaml alias(AliasEvent alias, SourceSpan at) {
    Yaml target = anchors.get(alias.getAlias());
    if (target != null) {
      return target;
    }
    found.report(
        Code.INVALID_ALIAS,
        at,
        "no value before this one has the anchor `&" + alias.getAlias() + "`",
        "put the text in quotes if no alias is meant");
    danglingAlias = true;
    return placeholder(at);
  }

  /** Stands for what has been reported, so that nothing else is said about it. */
  private Yaml placeholder(SourceSpan at) {
    return new Yaml.Scalar(
        "", Yaml.Kind.TEXT, new Layout(source, "", false, at.line() - 1, at.column() - 1));
  }

  private Yaml.Scalar scalar(ScalarEvent event) {
    Mark mark = event.getStartMark().orElseThrow();
    boolean block = event.isLiteral() || event.isFolded();
    return new Yaml.Scalar(
        event.getValue(),
        kind(event),
        new Layout(source, event.getValue(), block, mark.getLine(), mark.getColumn()));
  }

  private static Yaml.Kind kind(ScalarEvent event) {
    Tag tag =
        event
            .getTag()
            .map(Tag::new)
            .orElseGet(
                () ->
                    SCALARS.resolve(
                        event.getValue(), event.getImplicit().canOmitTagInPlainScalar()));
    if (tag.equals(Tag.NULL)) {
      return Yaml.Kind.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Yaml.Kind.BOOLEAN;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Yaml.Kind.NUMBER : Yaml.Kind.TEXT;
  }

  private Yaml sequence(SourceSpan at, int depth) {
    List<Yaml> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new Yaml.Sequence(items, at, size(items));
  }

  private Yaml mapping(SourceSpan at, boolean flow, int depth) {
    Entries entries = new Entries(found);
    boolean reference = false;
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      Yaml key = node(event, depth + 1);
      Yaml value = node(events.next(), depth + 1);
      if (key instanceof Yaml.Scalar scalar) {
        entries.add(scalar, value);
      } else if (flow && key instanceof Yaml.Mapping) {
        reference = true;
      } else {
        found.report(Code.WRONG_TYPE, key.at(), key.kindName() + " cannot be a key", "use a name");
      }
    }
    if (reference) {
      return unquotedReference(at);
    }
    List<Yaml.Entry> all = entries.merged();
    return new Yaml.Mapping(all, at, size(all.stream().map(Yaml.Entry::value).toList()));
  }

  private Yaml unquotedReference(SourceSpan at) {
    found.report(
        Code.UNQUOTED_REFERENCE,
        at,
        "`{{` without quotes begins a YAML mapping",
        "put the whole text in quotes: \"{{...}}\"");
    return placeholder(at);
  }

  private static long size(List<Yaml> children) {
    long size = 1;
    for (Yaml child : children) {
      // saturates: doubled aliases overflow any number
      size = Math.min(size + child.size(), MAX_NODES + 1);
    }
    return size;
  }

  private SourceSpan at(Event event) {
    return event
        .getStartMark()
        .map(mark -> source.at(mark.getLine(), mark.getColumn()))
        .orElse(source.at(0, 0));
  }
}
