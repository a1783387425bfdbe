package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionPathTest {
  private static final CloudEvent EVENT =
      CloudEventBuilder.v1().withId("1").withSource(URI.create("/s")).withType("t").build();

  @ParameterizedTest
  @EnumSource
  void findsEachReactionWithAndWithoutAPlan(Reaction reaction) {
    assertThat(FunctionPath.parse(reaction.path())).hasValue(new FunctionPath(reaction, ""));
    assertThat(FunctionPath.parse(reaction.path("coinflip-0123456789")))
        .hasValue(new FunctionPath(reaction, "coinflip-0123456789"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "start",
        "/Start",
        "/start/",
        "//start",
        "/start/a/b",
        "/start/A",
        "/start/..",
        "/begin|start",
        "/begin,start",
        "/functionRouter",
        "/start/a\n"
      })
  void findsNothingElsewhere(String path) {
    assertThat(FunctionPath.parse(path)).isEmpty();
  }

  @Test
  void stampsThePlanOfThePathWhateverTheSenderWrote() {
    // Given
    CloudEvent forged =
        CloudEventBuilder.from(EVENT).withExtension(Attributes.PLAN, "another").build();

    // When
    CloudEvent stamped = new FunctionPath(Reaction.START, "coinflip-1").stamp(forged);

    // Then
    assertThat(stamped.getExtension(Attributes.PLAN)).isEqualTo("coinflip-1");
  }

  @Test
  void takesAwayAPlanThatOnlyTheSenderNames() {
    // Given
    CloudEvent forged =
        CloudEventBuilder.from(EVENT).withExtension(Attributes.PLAN, "another").build();

    // When
    CloudEvent stamped = new FunctionPath(Reaction.START, "").stamp(forged);

    // Then
    assertThat(stamped).isEqualTo(EVENT);
  }
}
