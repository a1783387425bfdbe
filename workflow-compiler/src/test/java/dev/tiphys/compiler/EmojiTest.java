package dev.tiphys.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @ValueSource(ints = {1023, 1024, 1025, 1026, 2047, 2048, 2049, 4097, 16_385})
  @DisplayName("D1: an emoji may be any character of a file")
  void anywhere(int place) {
    // Given
    String head =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: emoji-}
        spec: {entrypoint: a, templates: [{name: a, container: {image: a, command: [echo]}}]}
        #\
        """;
    String yaml = head + "x".repeat(place - 1 - head.length()) + "\uD83D\uDE80\n";
    // When
    boolean workflow = WorkflowKind.isIn(yaml);
    // Then
    assertThat(workflow).isTrue();
    assertThat(Compiler.compile("emoji.yaml", yaml).diagnostics()).isEmpty();
  }
}
