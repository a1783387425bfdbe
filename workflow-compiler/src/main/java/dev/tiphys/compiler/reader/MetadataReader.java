package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.source.Yaml;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads labels and annotations of pods. */
final class MetadataReader {
  private static final Pattern KEY =
      Pattern.compile(
          "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?"
              + "[a-zA-Z0-9](?:[-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("(?:[a-zA-Z0-9](?:[-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?)?");
  private static final Pattern OURS = Pattern.compile("(?:[^/]*\\.)?tiphys\\.dev/.*");

  private final Reading reading;

  MetadataReader(Reading reading) {
    this.reading = reading;
  }

  SortedMap<String, String> labels(Yaml node) {
    SortedMap<String, String> labels = texts(node, "labels");
    if (node instanceof Yaml.Mapping mapping) {
      mapping.entries().stream()
          .filter(entry -> entry.value() instanceof Yaml.Scalar)
          .map(entry -> (Yaml.Scalar) entry.value())
          .filter(value -> !PlainText.hasReference(value.text()))
          .filter(value -> !LABEL.matcher(value.text()).matches())
          .forEach(
              value ->
                  invalid(
                      value,
                      "`" + value.text() + "` is no value of a label",
                      "use letters, digits, `-`, `_` and `.`, 63 at most; an annotation takes any"
                          + " text"));
    }
    return labels;
  }

  SortedMap<String, String> annotations(Yaml node) {
    return texts(node, "annotations");
  }

  private SortedMap<String, String> texts(Yaml node, String field) {
    if (node instanceof Yaml.Mapping mapping) {
      mapping.entries().forEach(entry -> checkKey(entry.key()));
    }
    SortedMap<String, String> texts = new TreeMap<>();
    new KubernetesReader(reading)
        .read(node, new KubernetesType.MapOf(KubernetesType.Scalar.TEXT), field)
        .ifPresent(
            read -> read.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText())));
    return texts;
  }

  private void checkKey(Yaml.Scalar key) {
    if (OURS.matcher(key.text()).matches()) {
      reading
          .found()
          .report(
              Code.RESERVED_NAME,
              key.at(),
              "labels and annotations of `tiphys.dev` are Tiphys's",
              "choose another name");
    } else if (!KEY.matcher(key.text()).matches()) {
      invalid(
          key,
          "`" + key.text() + "` is no name of a label or annotation",
          "write it as [domain/]name");
    }
  }

  private void invalid(Yaml.Scalar at, String message, String hint) {
    reading.found().report(Code.INVALID_NAME, at.at(), message, hint);
  }
}
