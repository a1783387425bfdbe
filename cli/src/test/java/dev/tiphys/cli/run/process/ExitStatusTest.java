package dev.tiphys.cli.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusTest {
  @ParameterizedTest
  @ValueSource(ints = {129, 130, 143})
  void hangUpInterruptAndTerminationCanComeToAWholeGroup(int code) {
    // When // Then
    assertThat(new ExitStatus(code).interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 128, 137, 139})
  void anyOtherEndIsTheProcesssOwn(int code) {
    // When // Then
    assertThat(new ExitStatus(code).interrupted()).isFalse();
  }
}
