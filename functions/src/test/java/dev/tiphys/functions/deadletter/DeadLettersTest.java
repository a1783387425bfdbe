package dev.tiphys.functions.deadletter;

import static dev.tiphys.functions.deadletter.LetterWorld.OF_PLAN;
import static dev.tiphys.functions.deadletter.LetterWorld.OF_RUN;
import static dev.tiphys.functions.deadletter.LetterWorld.PLAN;
import static dev.tiphys.functions.deadletter.LetterWorld.REFUSAL;
import static dev.tiphys.functions.deadletter.LetterWorld.claimed;
import static dev.tiphys.functions.deadletter.LetterWorld.letter;
import static dev.tiphys.functions.deadletter.LetterWorld.outside;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.RunParts;
import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B6: dead letters are kept with their data, each owner's within its bounds")
class DeadLettersTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String DATA = "x".repeat(300);

  private final LetterWorld world = new LetterWorld();
  private final DeadLetters letters = world.open();

  @Test
  void whatIsKeptIsWhatWasPublished() {
    // Given
    CloudEvent order = outside("1");

    // When
    letters.keep(PLAN.id(), letter(order), REFUSAL);

    // Then: without what the broker added
    DeadLetter kept = world.kept(OF_PLAN).getFirst();
    assertThat(kept.event()).isEqualTo(order);
    assertThat(kept.refusal()).isEqualTo(REFUSAL);
    assertThat(kept.workflow()).isEqualTo(PLAN.workflow());
    assertThat(kept.run()).isEmpty();
  }

  @Test
  void whatTheRunHasSignedIsKeptWithTheRunAndStillBelieved() {
    // When
    letters.keep(PLAN.id(), letter(world.signed("1")), REFUSAL);

    // Then
    DeadLetter kept = world.kept(OF_RUN).getFirst();
    RunKeys keys = world.keys.of(LetterWorld.RUN).orElseThrow();
    assertThat(keys.vouchFor(kept.event(), PLAN.workflow(), LetterWorld.RUN)).isTrue();
    assertThat(kept.run()).isEqualTo(LetterWorld.RUN);
    assertThat(world.kept(OF_PLAN)).isEmpty();
  }

  @Test
  void whatOnlyClaimsARunTakesNoneOfItsRoom() {
    // Given
    LetterWorld other = new LetterWorld();

    // When: without a signature, and with another's
    letters.keep(PLAN.id(), claimed("1"), REFUSAL);
    letters.keep(PLAN.id(), other.signed("2"), REFUSAL);
    letters.flush();

    // Then
    assertThat(world.kept(OF_RUN)).hasSize(1);
  }

  @Test
  void whatNoPlanCanBeAskedForIsNotKept() {
    assertThat(letters.keep("no-such-plan", outside("1"), REFUSAL)).isFalse();
    assertThat(letters.keep("", outside("1"), REFUSAL)).isFalse();
    assertThat(world.parts.writes).isZero();
  }

  @Test
  void theFirstIsWrittenAtOnceAndTheOthersTogetherAMinuteLater() {
    // When
    for (int n = 0; n < 10; n++) {
      letters.keep(PLAN.id(), outside("order-" + n, DATA), REFUSAL);
    }

    // Then
    assertThat(world.kept(OF_PLAN)).hasSize(1);
    world.pass(MINUTE.minusSeconds(1));
    assertThat(world.parts.writes).isEqualTo(1);
    world.pass(Duration.ofSeconds(1));
    assertThat(world.kept(OF_PLAN)).hasSize(10);
    assertThat(world.parts.writes).isEqualTo(2);
  }

  @Test
  void thePodThatComesNextKeepsThePaceOfTheOneBefore() {
    // Given
    letters.keep(PLAN.id(), outside("1"), REFUSAL);

    // When
    world.open().keep(PLAN.id(), outside("2"), REFUSAL);

    // Then
    assertThat(world.parts.writes).isEqualTo(1);
    world.pass(MINUTE);
    assertThat(world.kept(OF_PLAN)).hasSize(2);
  }

  @Test
  void whatWaitsIsWrittenWhenTheFunctionsAreStopped() {
    // Given
    letters.keep(PLAN.id(), outside("1"), REFUSAL);
    letters.keep(PLAN.id(), outside("2"), REFUSAL);

    // When
    letters.close();

    // Then
    assertThat(world.kept(OF_PLAN)).hasSize(2);
  }

  @Test
  void whatComesAgainIsKeptOnceAndCounted() {
    // When
    for (int n = 0; n < 5; n++) {
      letters.keep(PLAN.id(), letter(outside("1")), REFUSAL);
    }
    world.pass(MINUTE);

    // Then
    assertThat(world.kept(OF_PLAN)).singleElement().extracting(DeadLetter::times).isEqualTo(5L);
  }

  @Test
  void anotherEventWithTheSameIdDoesNotPassForTheOneThatIsKept() {
    // Given: somebody who guesses an id
    letters.keep(PLAN.id(), outside("1", "\"mine\""), REFUSAL);

    // When
    letters.keep(PLAN.id(), outside("1", "\"yours\""), REFUSAL);
    world.pass(MINUTE);

    // Then
    assertThat(world.kept(OF_PLAN)).hasSize(2);
  }

  @Test
  void whatIsTooLargeIsCountedAlone() {
    // When
    letters.keep(PLAN.id(), outside("1", "x".repeat(DeadLetter.DATA_MAX_BYTES)), REFUSAL);
    letters.keep(PLAN.id(), outside("2", "x".repeat(DeadLetter.DATA_MAX_BYTES + 1)), REFUSAL);
    world.pass(MINUTE);

    // Then
    assertThat(world.kept(OF_PLAN)).extracting(it -> it.event().getId()).containsExactly("1");
    assertThat(world.unkept(OF_PLAN)).isEqualTo(1);
  }

  @Test
  void aStrangerFillsThePlansRoomAndNoMore() {
    // When: some 3 MiB, in many hours
    int sent = 40;
    for (int n = 0; n < sent; n++) {
      letters.keep(PLAN.id(), outside("big-" + n, "x".repeat(60_000)), REFUSAL);
      world.pass(MINUTE);
    }
    letters.keep(PLAN.id(), world.signed("mine"), REFUSAL);

    // Then
    assertThat(world.parts(OF_PLAN)).hasSize(Filing.PARTS_MAX);
    assertThat(world.kept(OF_PLAN).size() + world.unkept(OF_PLAN)).isEqualTo(sent);
    assertThat(world.unkept(OF_PLAN)).isPositive();
    assertThat(world.kept(OF_RUN)).hasSize(1);
  }

  @Test
  void noPartGrowsBeyondWhatItMayHoldHoweverOftenALetterComes() {
    // Given: a part that is full, and some
    int sent = 700;
    for (int n = 0; n < sent; n++) {
      letters.keep(PLAN.id(), outside("order-" + n, DATA), REFUSAL);
      world.pass(Duration.ofSeconds(1));
    }

    // When: as many again as may wait at once
    int again = 300;
    for (int n = 0; n < again; n++) {
      letters.keep(PLAN.id(), outside("order-" + n, DATA), REFUSAL);
    }
    letters.close();

    // Then
    assertThat(world.parts(OF_PLAN)).hasSizeGreaterThan(1);
    assertThat(world.parts.find(OF_PLAN, LetterPart.PURPOSE, 0).orElseThrow().data())
        .hasSizeBetween(RunParts.CHARACTERS_MAX * 9 / 10, RunParts.CHARACTERS_MAX)
        .matches(text -> text.chars().allMatch(c -> c < 128), "ASCII");
    assertThat(world.kept(OF_PLAN)).hasSize(sent);
    assertThat(world.kept(OF_PLAN).subList(0, again)).allMatch(letter -> letter.times() == 2);
  }

  @Test
  void whatCannotBeWrittenNowIsWrittenLater() {
    // Given
    world.parts.away = true;
    letters.keep(PLAN.id(), outside("1"), REFUSAL);

    // When
    world.parts.away = false;
    world.pass(MINUTE);

    // Then
    assertThat(world.kept(OF_PLAN)).hasSize(1);
  }

  @Test
  void whatWaitsIsBoundedTooAndTheRestCounted() {
    // Given: the API server is away for long
    world.parts.away = true;
    int sent = 100;

    // When
    for (int n = 0; n < sent; n++) {
      letters.keep(PLAN.id(), outside("big-" + n, "x".repeat(10_000)), REFUSAL);
    }
    world.parts.away = false;
    letters.close();

    // Then
    int room = Pending.CHARACTERS_MAX / 13_000;
    assertThat(world.kept(OF_PLAN)).hasSizeBetween(1, room);
    assertThat(world.kept(OF_PLAN).size() + world.unkept(OF_PLAN)).isEqualTo(sent);
  }
}
