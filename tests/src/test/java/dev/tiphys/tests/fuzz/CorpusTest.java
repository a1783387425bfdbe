package dev.tiphys.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is kept of fuzzing holds: inputs that once found something, and those it begins with. */
class CorpusTest {
  @TestFactory
  Stream<DynamicContainer> everyKeptInputHolds() {
    return Arrays.stream(Target.values())
        .map(target -> dynamicContainer(target.lowerCaseName(), inputs(target)));
  }

  private static Stream<DynamicTest> inputs(Target target) {
    List<Path> files = Corpus.of(target).files();
    return files.stream()
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(), file.toUri(), () -> holds(target, file)));
  }

  private static void holds(Target target, Path file) {
    // Given
    byte[] input = read(file);
    // When Then
    assertThatCode(() -> target.oracle().check(input)).doesNotThrowAnyException();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
