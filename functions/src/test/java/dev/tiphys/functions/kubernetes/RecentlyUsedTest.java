package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
  @Test
  void forgetsWhatWasNotAskedForTheLongest() {
    // Given
    RecentlyUsed<String, Integer> memory = new RecentlyUsed<>(2);
    memory.put("a", 1);
    memory.put("b", 2);
    memory.find("a");

    // When
    memory.put("c", 3);

    // Then
    assertThat(memory.find("a")).hasValue(1);
    assertThat(memory.find("b")).isEmpty();
    assertThat(memory.find("c")).hasValue(3);
  }

  @Test
  void keepsOneOfTwoValuesOfTheSameKey() {
    // Given
    RecentlyUsed<String, Integer> memory = new RecentlyUsed<>(2);
    memory.merge("a", 2, Math::max);

    // When
    int kept = memory.merge("a", 1, Math::max);

    // Then
    assertThat(kept).isEqualTo(2);
    assertThat(memory.find("a")).hasValue(2);
  }
}
