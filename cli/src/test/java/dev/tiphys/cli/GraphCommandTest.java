package dev.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run with {@code -Dgolden.update=true} to write the expected files anew. */
class GraphCommandTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "graph");

  @ParameterizedTest
  @CsvSource({
    "coinflip, mermaid",
    "coinflip, dot",
    "chain, mermaid",
    "chain, dot",
    "fan-out, mermaid",
    "fan-out, dot",
    "external, mermaid",
    "external, dot"
  })
  void drawsTheExamples(String example, String format) throws IOException {
    // Given
    Path expected = GOLDEN.resolve(example + "." + format);
    // When
    Call call = Call.tiphys("graph", "-o", format, Call.example(example + ".yaml"));
    // Then
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(expected, call.out());
    }
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).isEqualTo(Files.readString(expected));
  }

  @Test
  void drawsSvg() {
    // When
    Call call = Call.tiphys("graph", "--output=svg", Call.example("coinflip.yaml"));
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).contains("<svg", ">flip-coin<", ">coin<", ">stopsignal<");
  }

  @Test
  void drawsNothingOfAWrongFile() {
    // When
    Call call = Call.tiphys("graph", Call.example("coinflip-original.yaml"));
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out()).isEmpty();
    assertThat(call.err()).contains("coinflip-original.yaml:50:6");
  }
}
