package dev.tiphys.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EscapingTest {
  private static final Graph HOSTILE =
      new Graph(
          "x\"; y",
          List.of(
              new Graph.Node(
                  "n1", Graph.Kind.STEP, "a \"b\" <c> #1; \\", List.of("when x == \"]\""))),
          List.of(),
          List.of());

  @Test
  void nothingInALabelIsMarkupOfMermaid() {
    // When
    String text = Mermaid.render(HOSTILE);
    // Then
    assertThat(text)
        .contains("n1[\"a #34;b#34; #60;c#62; #35;1#59; #92;<br/>when x == #34;#93;#34;\"]\n");
  }

  @Test
  void nothingInALabelEndsAStringOfDot() {
    // When
    String text = Dot.render(HOSTILE);
    // Then
    assertThat(text)
        .startsWith("digraph \"x\\\"; y\" {\n")
        .contains("n1 [label=\"a \\\"b\\\" <c> #1; \\\\\\nwhen x == \\\"]\\\"\"]\n");
  }
}
