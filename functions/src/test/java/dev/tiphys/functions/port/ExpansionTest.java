package dev.tiphys.functions.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExpansionTest {
  private static final Map<String, String> VARIABLES = Map.of("A", "a", "B", "$(A)");

  @Example
  void putsInTheValuesOfVariablesOnce() {
    assertThat(Expansion.expand("$(A)-$(B)-$(C)-$A", VARIABLES)).isEqualTo("a-$(A)-$(C)-$A");
  }

  @Example
  void takesADoubledDollarForADollar() {
    assertThat(Expansion.expand("$$(A) $$$(A) $$$$", VARIABLES)).isEqualTo("$(A) $a $$");
  }

  @Example
  void leavesAloneWhatTheUserWroteForTheShell() {
    // Given
    String script = "kill $$; echo $X ${Y} $(A) $$(A)";

    // When
    String seen = Expansion.expand(Expansion.written(script), VARIABLES);

    // Then
    assertThat(seen).isEqualTo("kill $$; echo $X ${Y} a $(A)");
  }

  @Example
  void ordersVariablesByWhatTheyName() {
    // Given
    Map<String, String> variables = Map.of("A", "$(C) $(B)", "B", "$(C)", "C", "$(A)$(D)");

    // When / Then
    assertThat(Expansion.inOrder(new TreeMap<>(variables)).keySet()).containsExactly("C", "B", "A");
  }

  @Property
  void aValueIsNeverReadAsAReference(@ForAll("dollars") String value) {
    assertThat(Expansion.expand(Expansion.escape(value), VARIABLES)).isEqualTo(value);
  }

  @Property
  void noReferenceBeginsInWhatTheUserWroteAndEndsInAValue(
      @ForAll("dollars") String written, @ForAll("dollars") String value) {
    // Given
    String text = Expansion.written(written);

    // When
    String both = Expansion.expand(text + Expansion.escape(value), VARIABLES);

    // Then
    assertThat(both).isEqualTo(Expansion.expand(text, VARIABLES) + value);
  }

  @Provide
  Arbitrary<String> dollars() {
    return Arbitraries.strings().withChars("$()AB").ofMaxLength(12);
  }
}
