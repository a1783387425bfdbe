package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.contract.Events;
import io.cloudevents.CloudEvent;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  private static final long HIGHEST = 999_999_999_999L;

  @Property
  void isReadAsItWasWritten(@ForAll @LongRange(min = 0) long sequence) {
    // Given
    Position position = new Position("/contract", Math.min(sequence, HIGHEST));

    // When
    Optional<Position> read = Position.of(numbered(position.attribute()));

    // Then
    assertThat(read).contains(position);
  }

  @Property
  void sortsAsTextAsItDoesAsNumber(
      @ForAll @LongRange(min = 0, max = HIGHEST) long left,
      @ForAll @LongRange(min = 0, max = HIGHEST) long right) {
    String leftText = new Position("/contract", left).attribute();
    String rightText = new Position("/contract", right).attribute();

    assertThat(Integer.signum(leftText.compareTo(rightText))).isEqualTo(Long.compare(left, right));
  }

  @Example
  void aForeignEventHasNone() {
    assertThat(Position.of(Events.event("coin", "1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", " 1", "1.0", "1e3", "\u0661", "9999999999999999999"})
  void whatIsNoNumberIsNoPosition(String sequence) {
    assertThat(Position.of(numbered(sequence))).isEmpty();
  }

  @Test
  void readsUnpaddedNumbers() {
    assertThat(Position.of(numbered("7"))).contains(new Position("/contract", 7));
  }

  @Test
  void isNeverNegative() {
    assertThatThrownBy(() -> new Position("/contract", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "TRUE, true", "false, false", "yes, false"})
  void theMarkerSaysThatAStreamEnds(String value, boolean ends) {
    CloudEvent marker =
        Events.builder("coin", "1").withExtension(Attributes.END_OF_STREAM, value).build();

    assertThat(Position.endsStream(marker)).isEqualTo(ends);
  }

  @Test
  void anEventWithoutTheMarkerEndsNothing() {
    assertThat(Position.endsStream(Events.event("coin", "1"))).isFalse();
  }

  private static CloudEvent numbered(String sequence) {
    return Events.builder("coin", "1").withExtension(Attributes.SEQUENCE, sequence).build();
  }
}
