package dev.tiphys.functions.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.event.EventKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedDigestsTest {
  private static final OutsideMemory MEMORY = OutsideMemory.withKey("secret");

  private static String digest(int n) {
    return MEMORY.ref(new EventKey("/me", Integer.toString(n))).digest();
  }

  @Test
  void holdsWhatWasPutInAndNothingElse() {
    // When
    PackedDigests digests =
        PackedDigests.NONE
            .plus(IntStream.range(0, 300).mapToObj(PackedDigestsTest::digest).toList())
            .plus(IntStream.range(200, 500).mapToObj(PackedDigestsTest::digest).toList());
    // Then
    assertThat(digests.size()).isEqualTo(500);
    assertThat(IntStream.range(0, 500).mapToObj(PackedDigestsTest::digest))
        .allMatch(digests::contains);
    assertThat(IntStream.range(500, 1_000).mapToObj(PackedDigestsTest::digest))
        .noneMatch(digests::contains);
  }

  @Test
  void whatIsPutInAgainChangesNothing() {
    PackedDigests digests = PackedDigests.NONE.plus(List.of(digest(1), digest(2)));

    assertThat(digests.plus(List.of(digest(2), digest(1)))).isEqualTo(digests);
  }

  @Test
  void textThatWasCutIsNoSetOfDigests() {
    assertThatThrownBy(() -> new PackedDigests("x")).isInstanceOf(IllegalArgumentException.class);
  }
}
