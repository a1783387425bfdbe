package dev.tiphys.tests.run;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Compiled;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The files in {@code examples/}. */
final class Examples {
  private static final Path FOLDER = Path.of("..", "examples");

  private Examples() {}

  static Path path(String name) {
    return FOLDER.resolve(name);
  }

  static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  static Plan plan(String name) throws IOException {
    return compile(text(name));
  }

  /** The coin flip with another command for {@code heads}; it is put into single quotes. */
  static String coinflip(String headsCommand) throws IOException {
    String original = "[\"echo \\\"it was heads\\\"\"]";
    String text = text("coinflip.yaml");
    if (!text.contains(original)) {
      throw new IllegalStateException("the example has another command");
    }
    return text.replace(original, "['" + headsCommand + "']");
  }

  static Plan compile(String yaml) {
    Compiled<Plan> compiled = Compiler.compile("example.yaml", yaml);
    return Objects.requireNonNull(compiled.value(), () -> compiled.diagnostics().toString());
  }
}
