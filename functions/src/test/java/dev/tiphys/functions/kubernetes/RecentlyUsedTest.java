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
}
