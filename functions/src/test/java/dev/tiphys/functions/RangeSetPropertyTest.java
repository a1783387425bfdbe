package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.RangeSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RangeSetPropertyTest {
  @Property
  void holdsWhatASetHolds(
      @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 50) Long> numbers) {
    // Given
    Set<Long> expected = new TreeSet<>(numbers);
    // When
    RangeSet ranges = of(numbers);
    // Then
    assertThat(LongStream.rangeClosed(0, 51).filter(ranges::contains).boxed())
        .containsExactlyElementsOf(expected);
  }

  @Property
  void joinsNeighboursSoThatAFullStreamIsOneRange(
      @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 50) Long> numbers) {
    // Given // When
    RangeSet ranges = of(numbers);
    // Then
    for (int i = 1; i < ranges.ranges().size(); i++) {
      assertThat(ranges.ranges().get(i).first())
          .isGreaterThan(ranges.ranges().get(i - 1).last() + 1);
    }
  }

  @Property
  void isReadBackFromItsText(
      @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 50) Long> numbers) {
    // Given
    RangeSet ranges = of(numbers);
    // When
    RangeSet read = RangeSet.parse(ranges.toString());
    // Then
    assertThat(read).isEqualTo(ranges);
  }

  @Property
  void coversUpToTheFirstNumberThatIsMissing(
      @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 20) Long> numbers) {
    // Given
    RangeSet ranges = of(numbers);
    long last = 0;
    while (numbers.contains(last + 1)) {
      last++;
    }
    // When // Then
    assertThat(ranges.coversUpTo(last)).isTrue();
    assertThat(ranges.coversUpTo(last + 1)).isFalse();
  }

  private static RangeSet of(List<Long> numbers) {
    RangeSet ranges = RangeSet.EMPTY;
    for (long number : numbers) {
      ranges = ranges.with(number);
    }
    return ranges;
  }
}
