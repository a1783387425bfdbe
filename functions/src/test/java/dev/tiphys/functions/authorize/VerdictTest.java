package dev.tiphys.functions.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String TRIGGER = "system:serviceaccount:games:coinflip-start-oidc";
  private static final Expected EXPECTED = new Expected("issuer", "functions", TRIGGER::equals);
  private static final Claims GOOD =
      new Claims("issuer", List.of("functions"), TRIGGER, NOW.plusSeconds(600), NOW);

  @Test
  void admitsAnAccountThatIsExpected() {
    // When
    Verdict verdict = Verdict.of(GOOD, EXPECTED, NOW);
    // Then
    assertThat(verdict).isEqualTo(new Verdict.Admitted());
  }

  @Test
  void admitsOneOfSeveralAudiences() {
    // Given
    Claims claims = claims(List.of("other", "functions"), GOOD.expires(), NOW);
    // When
    Verdict verdict = Verdict.of(claims, EXPECTED, NOW);
    // Then
    assertThat(verdict).isEqualTo(new Verdict.Admitted());
  }

  @Test
  void refusesAnotherAudience() {
    // Given
    Claims claims = claims(List.of("https://kubernetes.default.svc"), GOOD.expires(), NOW);
    // When
    Verdict verdict = Verdict.of(claims, EXPECTED, NOW);
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unauthenticated.class);
  }

  @Test
  void refusesATokenThatIsForNobody() {
    // Given
    Claims claims = claims(List.of(), GOOD.expires(), NOW);
    // When
    Verdict verdict = Verdict.of(claims, EXPECTED, NOW);
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unauthenticated.class);
  }

  @Test
  void refusesAnotherIssuer() {
    // Given
    Claims claims =
        new Claims("stranger", GOOD.audience(), GOOD.subject(), GOOD.expires(), GOOD.notBefore());
    // When
    Verdict verdict = Verdict.of(claims, EXPECTED, NOW);
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unauthenticated.class);
  }

  @Test
  void refusesWhatHasExpired() {
    // Given
    Claims claims = claims(GOOD.audience(), NOW.minus(Verdict.SKEW), NOW.minusSeconds(600));
    // When
    Verdict verdict = Verdict.of(claims, EXPECTED, NOW);
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unauthenticated.class);
  }

  @Test
  void refusesWhatDoesNotHoldYet() {
    // Given
    Instant later = NOW.plus(Verdict.SKEW).plus(Duration.ofMillis(1));
    // When
    Verdict verdict = Verdict.of(claims(GOOD.audience(), GOOD.expires(), later), EXPECTED, NOW);
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unauthenticated.class);
  }

  @Test
  void forgivesClocksThatDifferALittle() {
    // Given
    Claims ended = claims(GOOD.audience(), NOW.minusSeconds(1), NOW.minusSeconds(600));
    Claims begins = claims(GOOD.audience(), GOOD.expires(), NOW.plusSeconds(1));
    // When
    List<Verdict> verdicts =
        List.of(Verdict.of(ended, EXPECTED, NOW), Verdict.of(begins, EXPECTED, NOW));
    // Then
    assertThat(verdicts).containsOnly(new Verdict.Admitted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "system:serviceaccount:games:default", "system:admin"})
  void forbidsAnyOtherAccount(String subject) {
    // Given
    Claims claims =
        new Claims(GOOD.issuer(), GOOD.audience(), subject, GOOD.expires(), GOOD.notBefore());
    // When
    Verdict verdict = Verdict.of(claims, EXPECTED, NOW);
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Forbidden.class);
  }

  private static Claims claims(List<String> audience, Instant expires, Instant notBefore) {
    return new Claims(GOOD.issuer(), audience, GOOD.subject(), expires, notBefore);
  }
}
