package dev.tiphys.cli.sidecar;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.sidecars.SidecarsApplication;
import dev.tiphys.triggers.http.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
            "TIPHYS_STOP_PORTS=" + FreePort.find(),
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
    assertThat(call.err()).contains("acme/watch:1 cannot be started", "for an image, give --image");
  }

  @Test
  void anImageLivesAndDiesByItsEngine() throws Exception {
    // Given
    Path engine = engine();
    // When
    Call call =
        Call.tiphys(
            "sidecar",
            "check",
            "-e",
            "TIPHYS_SIDECAR_PARAM_PERIOD=0.1",
            "--engine",
            engine.toString(),
            "--image",
            "acme/clock:1",
            "--",
            "--slowly");
    // Then
    assertThat(call.out()).doesNotContain("violated").contains("kept      each event is signed");
    assertThat(call.exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("calls")))
        .contains("image inspect acme/clock:1\npull acme/clock:1\nrun --rm --name tiphys-check-")
        .contains(" --network host --volume ", " --env K_SINK ", " --env TIPHYS_KEY ")
        .contains(" acme/clock:1 --slowly\n", "\nkill tiphys-check-");
  }

  @Test
  void anImageThatIsNowhereCannotBeChecked() throws Exception {
    // Given
    Path engine = engine();
    // When
    Call call =
        Call.tiphys("sidecar", "check", "--engine", engine.toString(), "--image", "acme/none:1");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("acme/none:1 cannot be started: there is no such image");
  }

  @Test
  void anEngineIsForAnImage() {
    // When
    Call call = Call.tiphys("sidecar", "check", "--engine", "podman", "./clock.py");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("--engine runs an image: give --image");
  }

  /** A stand-in for docker that knows one image, and runs it without a container. */
  private Path engine() throws IOException {
    Path engine = folder.resolve("engine");
    Files.writeString(
        engine,
        """
        #!/bin/bash
        cd %s && echo "$*" >>calls
        case $1 in
          image) exit 1 ;;
          pull) [[ $2 == acme/clock:1 ]] ;;
          run) echo $$ >"$4" && exec %s ;;
          kill) kill -KILL "$(<"$2")" ;;
        esac
        """
            .formatted(
                folder, Call.EXAMPLES.resolve("sidecars").resolve("clock.py").toAbsolutePath()));
    Files.setPosixFilePermissions(engine, PosixFilePermissions.fromString("rwx------"));
    return engine;
  }
}
