package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  @Test
  void alignsColumns() {
    // Given
    Table table = new Table("NAME", "PHASE");

    // When
    table.add("coinflip-1", "Running");
    table.add("c", "");

    // Then
    assertThat(table.lines()).containsExactly("NAME         PHASE", "coinflip-1   Running", "c");
  }

  @ParameterizedTest
  @CsvSource({"PT0.5S, 0s", "PT119S, 119s", "PT2M, 2m", "PT3H5M, 3h", "PT50H, 2d", "PT-3S, 0s"})
  void tellsAnAgeAsKubectlDoes(Duration age, String text) {
    assertThat(Age.of(age)).isEqualTo(text);
  }
}
