package dev.tiphys.sidecars.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress(Place.START, 0);

  @Test
  void goesOnWithLinesThatAreNoEventsWhileNothingWaits() {
    // When
    progress.passed(line(7));
    // Then
    assertThat(progress.place()).isEqualTo(line(7));
  }

  @Test
  void doesNotPassAnEventThatIsNotAcknowledged() {
    // Given
    progress.queued(1, line(3));
    // When
    progress.passed(line(7));
    // Then
    assertThat(progress.place()).isEqualTo(Place.START);
  }

  @Test
  void passesWhatCameAfterTheEventThatIsAcknowledged() {
    // Given
    progress.queued(1, line(3));
    progress.passed(line(7));
    // When
    progress.acknowledged(1);
    // Then
    assertThat(progress.place()).isEqualTo(line(7));
  }

  @Test
  void staysWhereItIsAfterAStop() {
    // Given
    progress.stop();
    // When
    progress.passed(line(7));
    // Then
    assertThat(progress.place()).isEqualTo(Place.START);
  }

  private static Place line(long number) {
    return new Place("file", 0, number, 0, 0, 0);
  }
}
