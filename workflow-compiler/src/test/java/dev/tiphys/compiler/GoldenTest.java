package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.compiler.diagnostic.DiagnosticText;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code in-*.yaml} of a folder compiles to the folder's one Plan. */
class GoldenTest {
  private static final String PLAN = "out-plan.json";

  static List<Path> folders() {
    return Folders.in("golden");
  }

  @ParameterizedTest
  @MethodSource("folders")
  void compilesToThisPlan(Path folder) throws IOException {
    // Given
    List<String> inputs;
    try (Stream<Path> files = Files.list(folder)) {
      inputs =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("in-.*\\.yaml"))
              .sorted()
              .toList();
    }
    for (String input : inputs) {
      String yaml = Folders.read(folder.resolve(input));
      // When
      Compiled<Plan> compiled = Compiler.compile(input, yaml);
      // Then
      Plan plan = compiled.value();
      assertThat(plan).as(() -> DiagnosticText.render(compiled.diagnostics(), yaml)).isNotNull();
      Folders.assertSame(folder.resolve(PLAN), plan == null ? "" : plan.toJson() + "\n");
    }
    List<String> read = new ArrayList<>(inputs);
    read.add(PLAN);
    Folders.assertNothingElseIn(folder, read.toArray(String[]::new));
  }
}
