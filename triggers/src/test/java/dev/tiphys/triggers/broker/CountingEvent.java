package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event that counts how often it is asked for something. */
final class CountingEvent implements CloudEvent {
  private final CloudEvent event;
  private int reads;

  CountingEvent(CloudEvent event) {
    this.event = event;
  }

  int reads() {
    return reads;
  }

  private CloudEvent read() {
    reads++;
    return event;
  }

  @Override
  public @Nullable CloudEventData getData() {
    return read().getData();
  }

  @Override
  public SpecVersion getSpecVersion() {
    return read().getSpecVersion();
  }

  @Override
  public String getId() {
    return read().getId();
  }

  @Override
  public String getType() {
    return read().getType();
  }

  @Override
  public URI getSource() {
    return read().getSource();
  }

  @Override
  public @Nullable String getDataContentType() {
    return read().getDataContentType();
  }

  @Override
  public @Nullable URI getDataSchema() {
    return read().getDataSchema();
  }

  @Override
  public @Nullable String getSubject() {
    return read().getSubject();
  }

  @Override
  public @Nullable OffsetDateTime getTime() {
    return read().getTime();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return read().getAttribute(name);
  }

  @Override
  public @Nullable Object getExtension(String name) {
    return read().getExtension(name);
  }

  @Override
  public Set<String> getExtensionNames() {
    return read().getExtensionNames();
  }
}
