package dev.tiphys.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is given as NAME=VALUE, at each command that takes such. */
class NamedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run FILE -p who=a -p who=b | --parameter gives 'who' twice",
        "run FILE -p who=a --parameter=who=a | --parameter gives 'who' twice",
        "submit FILE -p who=a -p who=b | --parameter gives 'who' twice",
        "sidecar check -e A=1 -e A=2 -- true | --env gives 'A' twice",
        "run FILE -p who | --parameter takes NAME=VALUE, and not 'who'",
        "run FILE -p =x | --parameter takes NAME=VALUE, and not '=x'",
        "run FILE -p | --parameter needs NAME=VALUE",
        "submit FILE -p who | --parameter takes NAME=VALUE, and not 'who'",
        "sidecar check -e =x -- true | --env takes NAME=VALUE, and not '=x'"
      })
  void refusesWhatIsNoNameWithAValueOrTheSameNameTwice(String line, String problem) {
    // When
    Call call = Call.tiphys(line.replace("FILE", Call.example("coinflip.yaml")).split(" "));
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains(problem).doesNotContain("option option");
  }

  @Test
  void takesSeveralNamesAndValuesWithEqualsSigns() {
    // When
    Call call =
        Call.tiphys("run", Call.example("coinflip.yaml"), "-p", "a=1=2", "-pb=", "--parameter=c=");
    // Then: the names are read, and the workflow has none of them
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("a", "b", "c").doesNotContain("NAME=VALUE");
  }
}
