package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import dev.tiphys.compiler.source.YamlReader;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folder of errors is the reference of all diagnostics, so none may be missing there. */
class DiagnosticExamplesTest {
  /** A file cannot show them: see below, and the tests of {@code lint}. */
  private static final Set<Code> NO_EXAMPLE =
      Set.of(Code.FILE_TOO_LARGE, Code.UNREADABLE_FILE, Code.INTERNAL_ERROR);

  static List<Path> folders() {
    return Folders.in("errors");
  }

  @Test
  void everyCodeHasAnExample() {
    // Given
    List<String> codes =
        Arrays.stream(Code.values())
            .filter(code -> !NO_EXAMPLE.contains(code))
            .map(Code::id)
            .sorted()
            .toList();
    // When
    List<String> examples = folders().stream().map(f -> f.getFileName().toString()).toList();
    // Then
    assertThat(examples).containsExactlyElementsOf(codes);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void anExampleGivesItsCodeAndExactlyThisText(Path folder) throws IOException {
    // Given
    String yaml = Folders.read(folder.resolve("workflow.yaml"));
    // When
    Compiled<Plan> compiled = Compiler.compile("workflow.yaml", yaml);
    // Then
    Folders.assertSame(
        folder.resolve("expected.txt"), DiagnosticText.render(compiled.diagnostics(), yaml));
    assertThat(compiled.diagnostics())
        .extracting(diagnostic -> diagnostic.code().id())
        .contains(folder.getFileName().toString());
    Folders.assertNothingElseIn(folder, "workflow.yaml", "expected.txt");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    // Given
    String yaml = " ".repeat(YamlReader.MAX_CHARACTERS + 1);
    // When
    Compiled<Plan> compiled = Compiler.compile("workflow.yaml", yaml);
    // Then
    assertThat(compiled.diagnostics())
        .extracting(diagnostic -> diagnostic.code())
        .containsExactly(Code.FILE_TOO_LARGE);
  }
}
