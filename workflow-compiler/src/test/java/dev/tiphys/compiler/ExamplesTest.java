package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final String ORIGINAL = "coinflip-original.yaml";

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals(ORIGINAL))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void compilesEveryExample(String file) throws IOException {
    // Given
    String yaml = Files.readString(EXAMPLES.resolve(file));
    // When
    Compiled<Plan> compiled = Compiler.compile(file, yaml);
    // Then
    assertThat(compiled.hasErrors())
        .as(() -> DiagnosticText.render(compiled.diagnostics(), yaml))
        .isFalse();
  }

  @Test
  void refusesTheProposalsOwnFileWithTheCaretUnderItsMistake() throws IOException {
    // Given
    String yaml = Files.readString(EXAMPLES.resolve(ORIGINAL));
    // When
    Compiled<Plan> compiled = Compiler.compile("examples/" + ORIGINAL, yaml);
    // Then
    assertThat(compiled.diagnostics()).hasSize(1);
    Diagnostic mistake = compiled.diagnostics().getFirst();
    assertThat(DiagnosticText.render(mistake, yaml))
        .isEqualTo(
            """
            examples/coinflip-original.yaml:50:6: error[invalid-yaml]: `inputs` is indented one space too deep
                 inputs:
                 ^
            help: indent it by 4 spaces, like its siblings from line 39 on
            """);
  }
}
