package dev.tiphys.sidecars.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.ResourceWatch.Change;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectEventTest {
  private static final ResourceWatch WATCH = ResourceWatch.of("v1", "ConfigMap");
  private static final ResourceWatch OTHER =
      new ResourceWatch(
          "v1", "ConfigMap", null, WATCH.labels(), WATCH.fields(), Set.of(Change.ADDED));

  @Test
  void readsAsTheObjectAndSaysWhatHappened() {
    // When
    CloudEvent event = event(WATCH, Change.UPDATED, "7");

    // Then
    assertThat(event.getType()).isEqualTo(WATCH.eventType());
    assertThat(event.getSubject()).isEqualTo("order");
    assertThat(field(event, "data.goods")).isEqualTo("bread");
    assertThat(field(event, Attributes.OBJECT_ACTION)).isEqualTo("updated");
    assertThat(field(event, Attributes.OBJECT_NAMESPACE)).isEqualTo("shop");
    assertThat(field(event, Attributes.OBJECT_VERSION)).isEqualTo("7");
  }

  @Test
  void isOneAdditionWhateverVersionShowedIt() {
    assertThat(EventKey.of(event(WATCH, Change.ADDED, "1")))
        .isEqualTo(EventKey.of(event(WATCH, Change.ADDED, "2")));
  }

  @Test
  void isAnotherUpdateForEachVersion() {
    assertThat(EventKey.of(event(WATCH, Change.UPDATED, "1")))
        .isNotEqualTo(EventKey.of(event(WATCH, Change.UPDATED, "2")));
  }

  @Test
  void isAnotherEventForAnotherWatch() {
    assertThat(EventKey.of(event(WATCH, Change.ADDED, "1")))
        .isNotEqualTo(EventKey.of(event(OTHER, Change.ADDED, "1")));
  }

  @Test
  void isOfNoSidecarsStream() {
    // When
    CloudEvent event = event(WATCH, Change.ADDED, "1");

    // Then
    assertThat(Position.of(event)).isEmpty();
    assertThat(StreamSource.parse(event.getSource().toString())).isEmpty();
  }

  private static CloudEvent event(ResourceWatch watch, Change change, String version) {
    return ObjectEvent.of(
        watch, "shop", "shop-1", change, Sample.seen("a", version), Instant.EPOCH);
  }

  private static String field(CloudEvent event, String path) {
    return ObjectField.parse(path).orElseThrow().valueIn(event).orElse("");
  }
}
