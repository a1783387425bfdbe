package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.source.Yaml;
import dev.tiphys.triggers.event.Attributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads names and values of CloudEvents attributes. */
final class AttributesReader {
  /** What the CloudEvents specification allows, in the length that it recommends. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");

  private static final Set<String> RESERVED =
      Set.of(
          "id",
          "source",
          "specversion",
          "type",
          "datacontenttype",
          "dataschema",
          "subject",
          "time",
          "data",
          "sequencetype",
          Attributes.WORKFLOW,
          Attributes.RUN,
          Attributes.TASK,
          Attributes.INSTANCE,
          Attributes.SEQUENCE,
          Attributes.PARTITION_KEY,
          Attributes.END_OF_STREAM,
          Attributes.DISCARDED,
          Attributes.REFUSED,
          Attributes.RESOURCE_VERSION,
          Attributes.OBJECT_ACTION,
          Attributes.OBJECT_KIND,
          Attributes.OBJECT_NAME,
          Attributes.OBJECT_NAMESPACE,
          Attributes.OBJECT_VERSION,
          Attributes.OBJECT_CUT,
          Attributes.ALL_RUNS,
          Attributes.SIGNATURE);

  private final Reading reading;

  AttributesReader(Reading reading) {
    this.reading = reading;
  }

  /** Attributes to compare with. */
  SortedMap<String, String> selector(Yaml node) {
    return read(
        node, "`selector`", Set.of("type"), "`metadata.name` is the type; leave it out here");
  }

  /** Attributes to stamp. */
  SortedMap<String, String> labels(Yaml node) {
    return read(node, "`labels`", RESERVED, "the publisher sets it; choose another name");
  }

  private SortedMap<String, String> read(
      Yaml node, String what, Set<String> reserved, String reservedHint) {
    if (node instanceof Yaml.Mapping mapping) {
      for (Yaml.Entry entry : mapping.entries()) {
        checkName(entry.key(), reserved, reservedHint);
      }
    }
    return reading.values().texts(node, what).orElse(new TreeMap<>());
  }

  private void checkName(Yaml.Scalar key, Set<String> reserved, String reservedHint) {
    if (Attributes.addedByCarriers(key.text())) {
      reading
          .found()
          .report(
              Code.INVALID_ATTRIBUTE,
              key.at(),
              "the attribute `"
                  + key.text()
                  + "` is added on an event's way, by nobody in particular",
              "choose another name; those that begin with `knative`, `traceparent`, `tracestate`"
                  + " and `tiphysplan` are taken");
    } else if (reserved.contains(key.text())) {
      reading
          .found()
          .report(
              Code.INVALID_ATTRIBUTE,
              key.at(),
              "the attribute `" + key.text() + "` cannot be set here",
              reservedHint);
    } else if (!NAME.matcher(key.text()).matches()) {
      reading
          .found()
          .report(
              Code.INVALID_ATTRIBUTE,
              key.at(),
              "`" + key.text() + "` is no name of a CloudEvents attribute",
              "use lower-case letters and digits, 20 at most");
    }
  }
}
