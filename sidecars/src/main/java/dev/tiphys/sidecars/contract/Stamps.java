package dev.tiphys.sidecars.contract;

import dev.tiphys.triggers.event.Attributes;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for further attributes that are stamped on events. */
final class Stamps {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}");

  /** They travel in HTTP headers, which the CloudEvents SDK writes as they are. */
  private static final Pattern VALUE = Pattern.compile("[ -~]*");

  private static final Set<String> CONTEXT =
      Set.of(
          "id",
          "source",
          "type",
          "specversion",
          "time",
          "subject",
          "datacontenttype",
          "dataschema",
          "data");

  /** Attributes that say whose event it is and where in its stream it stands. */
  private static final Set<String> IDENTITY =
      Set.of(
          Attributes.WORKFLOW,
          Attributes.RUN,
          Attributes.TASK,
          Attributes.INSTANCE,
          Attributes.SEQUENCE,
          Attributes.PARTITION_KEY,
          Attributes.END_OF_STREAM,
          Attributes.DISCARDED,
          Attributes.REFUSED,
          Attributes.SIGNATURE);

  private Stamps() {}

  /** Whether nobody but the publisher sets it. */
  static boolean reserved(String name) {
    return CONTEXT.contains(name) || IDENTITY.contains(name) || Attributes.addedByCarriers(name);
  }

  /** What is wrong with an attribute; empty if nothing is. */
  static Optional<String> problem(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "attribute '" + name + "': a name is 1 to 64 lower-case letters and digits");
    }
    if (!printable(value)) {
      return Optional.of("attribute '" + name + "': a value is printable ASCII");
    }
    return Optional.empty();
  }

  static boolean printable(String value) {
    return VALUE.matcher(value).matches();
  }
}
