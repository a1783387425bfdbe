package dev.tiphys.triggers.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;

/** Events in version 1.0 of CloudEvents, whichever version they came in. */
public final class VersionOne {
  private VersionOne() {}

  /**
   * The event in version 1.0.
   *
   * @throws IllegalArgumentException if it has an extension that 1.0 means something else by
   */
  public static CloudEvent of(CloudEvent read) {
    if (read.getSpecVersion() == SpecVersion.V1) {
      return read;
    }
    for (String extension : read.getExtensionNames()) {
      if (SpecVersion.V1.getAllAttributes().contains(extension)) {
        throw new IllegalArgumentException(extension + " is no extension in version 1.0");
      }
    }
    return CloudEventBuilder.v1(read).build();
  }
}
