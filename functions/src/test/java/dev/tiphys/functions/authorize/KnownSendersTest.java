package dev.tiphys.functions.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSendersTest {
  private static final String GAMES = "system:serviceaccount:games:";

  private final Set<String> accounts = new TreeSet<>(Set.of("flip"));
  private final AtomicInteger readings = new AtomicInteger();
  private final KnownSenders senders =
      new KnownSenders(
          "games",
          () -> {
            readings.incrementAndGet();
            return accounts;
          });

  @Test
  void asksNobodyAboutAnAccountThatItKnows() {
    // When
    boolean first = senders.include(GAMES + "flip");
    boolean second = senders.include(GAMES + "flip");
    // Then
    assertThat(first && second).isTrue();
    assertThat(readings).hasValue(1);
  }

  @Test
  void findsATriggerThatIsMadeLater() {
    // Given
    senders.include(GAMES + "flip");
    accounts.add("toss");
    // When
    boolean included = senders.include(GAMES + "toss");
    // Then
    assertThat(included).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip",
        "system:serviceaccount:other:flip",
        "system:serviceaccount:gamesx:flip",
        "system:serviceaccount:games",
        "SYSTEM:SERVICEACCOUNT:GAMES:FLIP"
      })
  void knowsNobodyOfAnotherNamespace(String subject) {
    // When
    boolean included = senders.include(subject);
    // Then
    assertThat(included).isFalse();
    assertThat(readings).hasValue(0);
  }

  @Test
  void knowsNobodyElseOfTheNamespace() {
    assertThat(senders.include(GAMES + "default")).isFalse();
  }
}
