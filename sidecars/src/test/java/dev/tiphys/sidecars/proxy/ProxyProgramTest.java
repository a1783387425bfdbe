package dev.tiphys.sidecars.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.program.Program;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyProgramTest {
  @Test
  void tellsWithAllElseThatItIsNotToldWhatToDo() throws Exception {
    // When
    Program.Start start = ProxyProgram.start(Map.of("TIPHYS_SIDECAR", "{\"kind\":\"stdout\"}"));
    // Then
    assertThat(start)
        .isInstanceOfSatisfying(
            Program.WrongSettings.class,
            wrong ->
                assertThat(wrong.problems())
                    .contains(
                        "TIPHYS_SIDECAR: is no networkproxy in JSON",
                        "TIPHYS_STATE: is not set",
                        "K_SINK: is not set"));
  }
}
