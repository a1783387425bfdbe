package dev.tiphys.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> NAMES = List.of("heads", "tails", "flip-coin", "hat");

  @Test
  void findsTheNearestName() {
    assertThat(Spelling.nearest("flip-cion", NAMES)).contains("flip-coin");
    assertThat(Spelling.nearest("head", NAMES)).contains("heads");
  }

  @Test
  void ignoresCase() {
    assertThat(Spelling.nearest("Flip-Coin", NAMES)).contains("flip-coin");
  }

  @Test
  void guessesNothingWhereNothingIsNear() {
    assertThat(Spelling.nearest("coin", NAMES)).isEmpty();
  }
}
