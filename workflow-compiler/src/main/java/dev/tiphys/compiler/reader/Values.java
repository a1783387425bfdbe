package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.diagnostic.Spelling;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.source.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes a node of the tree for what it should be; if it is something else, says so. */
final class Values {
  private static final int MAX_COUNT = 1_000_000;

  private final Diagnostics found;

  Values(Diagnostics found) {
    this.found = found;
  }

  Optional<Fields> fields(Yaml node, Shape shape) {
    if (node instanceof Yaml.Mapping mapping) {
      return Optional.of(new Fields(mapping, shape, this, found));
    }
    wrongType(node, shape.what() + " is a mapping", "write its fields below it, one per line");
    return Optional.empty();
  }

  Optional<Yaml.Mapping> mapping(Yaml node, String what) {
    if (node instanceof Yaml.Mapping mapping) {
      return Optional.of(mapping);
    }
    wrongType(node, what + " is a mapping", "write `key: value` below it");
    return Optional.empty();
  }

  Optional<List<Yaml>> list(Yaml node, String what) {
    if (node instanceof Yaml.Sequence sequence) {
      return Optional.of(sequence.items());
    }
    wrongType(node, what + " is a list", "begin each item with `- `");
    return Optional.empty();
  }

  /** Text that takes no values, so that a reference in it is refused. */
  Optional<Yaml.Scalar> text(Yaml node, String what) {
    return anyText(node, what).filter(scalar -> !PlainText.refusesReference(scalar, what, found));
  }

  /**
   * Text alone, whose references are read or that nothing is made of: a number has to be in quotes,
   * as Kubernetes wants it.
   */
  Optional<Yaml.Scalar> anyText(Yaml node, String what) {
    if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.TEXT) {
      return Optional.of(scalar);
    }
    wrongType(
        node,
        what + " is text",
        node instanceof Yaml.Scalar scalar && !scalar.isNull()
            ? "put it in quotes: \"" + scalar.text() + "\""
            : "write a text");
    return Optional.empty();
  }

  /** Like {@link #parameterValue}, of what takes no values. */
  Optional<Yaml.Scalar> plainValue(Yaml node, String what) {
    return parameterValue(node, what)
        .filter(scalar -> !PlainText.refusesReference(scalar, what, found));
  }

  /**
   * The value of a parameter: text, or a number or boolean as it is written. The caller reads its
   * references.
   */
  Optional<Yaml.Scalar> parameterValue(Yaml node, String what) {
    if (node instanceof Yaml.Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar);
    }
    wrongType(node, what + " is text", "write a text; JSON can be given in quotes");
    return Optional.empty();
  }

  Optional<Boolean> flag(Yaml node, String what) {
    if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.BOOLEAN) {
      return Optional.of(scalar.text().equalsIgnoreCase("true"));
    }
    wrongType(node, what + " is true or false", "write `true` or `false`, without quotes");
    return Optional.empty();
  }

  /** A number of whatever kind. */
  Optional<Yaml.Scalar> number(Yaml node, String what) {
    if (node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.NUMBER) {
      return Optional.of(scalar);
    }
    wrongType(node, what + " is a number", "write a whole number, without quotes");
    return Optional.empty();
  }

  /** A whole number from 1. */
  Optional<Located<Integer>> count(Yaml node, String what) {
    return number(node, what).flatMap(scalar -> count(scalar, what, MAX_COUNT));
  }

  /** A whole number from 1, also in quotes, as parameters are. */
  Optional<Located<Integer>> count(Yaml.Scalar scalar, String what, int max) {
    if (scalar.text().matches("[1-9]\\d{0,6}") && Integer.parseInt(scalar.text()) <= max) {
      return Optional.of(new Located<>(Integer.valueOf(scalar.text()), scalar.at()));
    }
    found.report(
        Code.INVALID_NUMBER,
        scalar.at(),
        what + " cannot be " + scalar.text(),
        "write a whole number from 1 to " + max);
    return Optional.empty();
  }

  /** Text keys with text values, neither of which take values. */
  Optional<SortedMap<String, String>> texts(Yaml node, String what) {
    return mapping(node, what)
        .map(
            mapping -> {
              SortedMap<String, String> texts = new TreeMap<>();
              for (Yaml.Entry entry : mapping.entries()) {
                boolean _ = PlainText.refusesReference(entry.key(), what, found);
                text(entry.value(), "`" + entry.key().text() + "`")
                    .ifPresent(value -> texts.put(entry.key().text(), value.text()));
              }
              return texts;
            });
  }

  /** Text keys with text values of which nothing is made. */
  boolean areTexts(Yaml node, String what) {
    return mapping(node, what).stream()
        .flatMap(mapping -> mapping.entries().stream())
        .map(entry -> anyText(entry.value(), "`" + entry.key().text() + "`").isPresent())
        .reduce(true, Boolean::logicalAnd);
  }

  /** One of a few words; of those that are not supported yet it says just that. */
  <T> Optional<T> choice(
      Located<String> word, String what, Map<String, T> choices, Set<String> notYet) {
    T chosen = choices.get(word.value());
    if (chosen != null) {
      return Optional.of(chosen);
    }
    String expected = "use " + String.join(" or ", choices.keySet().stream().sorted().toList());
    if (notYet.contains(word.value())) {
      found.report(
          Code.UNSUPPORTED_VALUE,
          word.at(),
          what + " `" + word + "` is not supported yet",
          expected);
    } else {
      found.report(
          Code.UNKNOWN_VALUE,
          word.at(),
          "there is no " + what + " `" + word + "`",
          Spelling.didYouMean(word.value(), choices.keySet(), expected));
    }
    return Optional.empty();
  }

  private void wrongType(Yaml node, String rule, String hint) {
    found.report(Code.WRONG_TYPE, node.at(), rule + ", not " + node.kindName(), hint);
  }
}
