package dev.tiphys.functions.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.EventKey;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutsideMemoryTest {
  private static final OutsideMemory MEMORY = OutsideMemory.withKey("secret");
  private static final EventKey EVENT = new EventKey("/me", "1");

  @Test
  void tellsEventsApartBySourceAndIdTogether() {
    assertThat(
            Stream.of(
                    EVENT,
                    new EventKey("/m", "e1"),
                    new EventKey("/me1", ""),
                    new EventKey("/me", "2"))
                .map(MEMORY::ref)
                .collect(Collectors.toSet()))
        .hasSize(4);
  }

  @Test
  void tellsListenersApart() {
    EventRef.Outside event = MEMORY.ref(EVENT);

    assertThat(MEMORY.entry("stop a", event)).isNotEqualTo(MEMORY.entry("stop b", event));
  }

  @Test
  void nobodyWithoutTheKeyCanTellADigest() {
    assertThat(OutsideMemory.withKey("another").ref(EVENT)).isNotEqualTo(MEMORY.ref(EVENT));
  }

  @Test
  void aPartThatMayOverflowIsFollowedByAnother() {
    // Given
    OutsideMemory roomy = MEMORY.withPart(0, OutsideMemory.PART_MAX / 2);
    OutsideMemory filled = roomy.withPart(0, OutsideMemory.PART_MAX - OutsideMemory.OBJECT_MAX);
    // Then
    assertThat(roomy.filling()).isZero();
    assertThat(filled.filling()).isOne();
  }

  @Test
  void aPartIsNeverSaidToHoldFewerThanItDid() {
    assertThat(MEMORY.withPart(0, 500).withPart(0, 400).parts()).containsExactly(500);
  }

  @Test
  void isFullWhenTheLastPartIs() {
    // Given
    OutsideMemory memory = MEMORY;
    for (int part = 0; part < OutsideMemory.PARTS_MAX; part++) {
      assertThat(memory.full()).isFalse();
      memory = memory.withPart(part, OutsideMemory.PART_MAX);
    }
    // Then
    assertThat(memory.full()).isTrue();
    assertThat(List.copyOf(memory.parts())).hasSize(OutsideMemory.PARTS_MAX);
  }

  @Test
  void roomIsForAHundredThousandEventsOfThreeListeners() {
    int certain = OutsideMemory.PART_MAX - 2 * OutsideMemory.OBJECT_MAX;

    assertThat(certain * OutsideMemory.PARTS_MAX).isGreaterThan(300_000);
  }
}
