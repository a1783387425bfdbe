package dev.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.exit.Bug;
import dev.tiphys.cli.exit.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class TiphysCommandTest {
  @Test
  void helpListsTheCommandsWithExamples() {
    // When
    Call call = Call.tiphys("--help");
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out())
        .contains("lint", "compile", "graph", "version", "completion", "Examples:");
    assertThat(call.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "compile", "graph", "version", "completion"})
  void everyCommandHasHelp(String command) {
    // When
    Call call = Call.tiphys(command, "--help");
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).startsWith("Usage: tiphys " + command);
  }

  @Test
  void aWrongCommandIsRefusedWithTheOneThatWasMeant() {
    // When
    Call call = Call.tiphys("complie");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out()).isEmpty();
    assertThat(call.err()).contains("complie").contains("tiphys compile");
  }

  @Test
  void aCallWithoutACommandIsRefused() {
    // When
    Call call = Call.tiphys();
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("tiphys --help");
  }

  @Test
  void versionTellsTheJavaBelow() {
    // When
    Call call = Call.tiphys("version");
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).matches("(?s)tiphys \\d+\\.\\d+.*java 25.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionKnowsTheCommandsAndTheirOptions(String shell) {
    // When
    Call call = Call.tiphys("completion", shell);
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).contains("complete -F").contains("compile").contains("--broker-class");
  }

  @Test
  void aBugIsToldInOneLine() {
    // When
    Call call = crash(Map.of(), "exception");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.BUG);
    assertThat(call.err().lines()).singleElement().asString().contains("on purpose", Bug.DEBUG);
  }

  @Test
  void anErrorOfTheJvmIsToldLikeAnyBug() {
    // When
    Call call = crash(Map.of(), "error");
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.BUG);
    assertThat(call.err().lines()).singleElement().asString().contains("on purpose", Bug.DEBUG);
  }

  @Test
  void theStackTraceOfABugIsPrintedOnDemand() {
    // When
    Call call = crash(Map.of(Bug.DEBUG, "1"), "exception");
    // Then
    assertThat(call.err()).contains("at " + Crash.class.getName());
  }

  private static Call crash(Map<String, String> environment, String how) {
    CommandLine command =
        TiphysCommand.commandLine(environment).addSubcommand("crash", new Crash());
    return Call.of(command, "crash", how);
  }

  @Command
  static final class Crash implements Callable<Integer> {
    @Parameters private String how;

    @Override
    public Integer call() {
      return switch (how) {
        case "error" -> throw new AssertionError("on purpose");
        case "exception" -> throw new IllegalStateException("on purpose");
        default -> ExitCode.OK;
      };
    }
  }
}
