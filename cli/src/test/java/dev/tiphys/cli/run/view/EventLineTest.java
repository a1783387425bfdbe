package dev.tiphys.cli.run.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventLineTest {
  @Test
  void namesTypeEmitterPlaceAndData() {
    CloudEventBuilder event =
        coin("{\"content\":\"heads\"}").withExtension(Attributes.SEQUENCE, "007");
    assertThat(EventLine.of(event.withExtension(Attributes.INSTANCE, "flip-1").build()))
        .isEqualTo("coin  flip-1 #7  {\"content\":\"heads\"}");
  }

  @Test
  void namesAStrangerBySourceAndId() {
    assertThat(EventLine.of(coin("x").build())).isEqualTo("coin  /me 1  x");
  }

  @Test
  void cutsLongData() {
    assertThat(EventLine.of(coin("x".repeat(100_000)).build())).hasSizeLessThan(200).endsWith("…");
  }

  @Property
  void letsNothingThroughThatATerminalObeys(@ForAll String text) {
    assertThat(Escaped.text(text, 1000).codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  private static CloudEventBuilder coin(String data) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/me"))
        .withType("coin")
        .withData("text/plain", data.getBytes(StandardCharsets.UTF_8));
  }
}
