package dev.tiphys.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticTextTest {
  @Test
  void putsTheCaretBehindTheTabsOfTheLine() {
    assertThat(caretLine("\ta:\tb", 5)).isEqualTo("\t  \t^");
  }

  @Test
  void countsACharacterBeyondTheBasicPlaneOnce() {
    assertThat(caretLine("\uD83D\uDE80\u00e9: b", 5)).isEqualTo("    ^");
  }

  @Test
  void putsTheCaretBehindTheEndOfALineThatIsTooShort() {
    assertThat(caretLine("a:", 3)).isEqualTo("  ^");
  }

  @Test
  void cutsALongLineAroundTheCaret() {
    // Given
    String line = "x".repeat(5_000) + "Y" + "z".repeat(5_000);
    // When
    String[] shown = render(line, 5_001).split("\n", -1);
    // Then
    assertThat(shown[1]).hasSize(200);
    assertThat(shown[1].charAt(shown[2].indexOf('^'))).isEqualTo('Y');
  }

  @Test
  void showsWhereWhatAndWhatToDo() {
    assertThat(render("colour: red", 1))
        .isEqualTo(
            """
            examples/x.yaml:1:1: error[unknown-field]: no such field
            colour: red
            ^
            help: remove it
            """);
  }

  private static String caretLine(String line, int column) {
    return render(line, column).split("\n", -1)[2];
  }

  private static String render(String line, int column) {
    Diagnostic diagnostic =
        new Diagnostic(
            Code.UNKNOWN_FIELD,
            new SourceSpan("examples/x.yaml", 1, column),
            "no such field",
            "remove it");
    return DiagnosticText.render(diagnostic, line);
  }
}
