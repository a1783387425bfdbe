package dev.tiphys.cli.sidecar;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.ExitCode;
import dev.tiphys.sidecars.SidecarsApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarCheckCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"clock.sh", "clock.py"})
  void theExamplesKeepTheContract(String example) {
    // When
    Call call =
        Call.tiphys(
            "sidecar",
            "check",
            "-e",
            "TIPHYS_SIDECAR_PARAM_PERIOD=0.1",
            Call.EXAMPLES.resolve("sidecars").resolve(example).toAbsolutePath().toString());
    // Then
    assertThat(call.out()).doesNotContain("violated").contains("kept      each event is signed");
    assertThat(call.exitCode()).isZero();
  }

  @Test
  void theStdoutwatcherKeepsTheContract() throws Exception {
    // Given
    Path log = Files.createDirectories(folder.resolve("main")).resolve("0.log");
    for (int line = 1; line <= 5; line++) {
      String record = "2026-01-02T03:04:0" + line + ".000000000Z stdout F line " + line + "\n";
      Files.writeString(log, record, CREATE, APPEND);
    }
    // When
    Call call =
        Call.tiphys(
            "sidecar",
            "check",
            "--wait",
            "30s",
            "-e",
            "TIPHYS_LOG_FOLDER=" + folder,
            "-e",
            "TIPHYS_STOP_PORTS=" + freePort(),
            "--",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SidecarsApplication.class.getName(),
            "stdoutwatcher");
    // Then
    assertThat(call.out()).doesNotContain("violated");
    assertThat(call.exitCode()).isZero();
  }

  @Test
  void whatBreaksTheContractIsToldWithWhatToDo() {
    // When
    Call call =
        Call.tiphys(
            "sidecar", "check", "--wait", "100ms", "--grace", "1s", "-o", "json", "--", "sleep",
            "60");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(call.out())
        .contains(
            "{\"rule\":\"emits\",\"text\":\"it emits events\",\"kept\":false,"
                + "\"violations\":[\"no event arrived\"],")
        .contains("\"violations\":[\"it exited with 143\"]");
  }

  @Test
  void anImageIsNoCommand() {
    // When
    Call call = Call.tiphys("sidecar", "check", "acme/watch:1");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("acme/watch:1 cannot be started", "an image is not used here");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
