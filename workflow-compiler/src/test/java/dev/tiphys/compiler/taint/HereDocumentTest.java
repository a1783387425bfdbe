package dev.tiphys.compiler.taint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A9: a here-document is what a command reads: code if that is a shell, and else none. */
class HereDocumentTest {
  @ParameterizedTest
  @DisplayName("A9: a value in what a shell reads from a here-document is code")
  @ValueSource(
      strings = {
        "sh <<EOF\necho $V\nEOF\n",
        "sh << EOF\necho $V\nEOF",
        "bash -s <<-EOF\n\techo ${V}\n\tEOF\n",
        "cat <<EOF | sh\necho $V\nEOF\n",
        "sh <<'EOF'\neval \"$V\"\nEOF\n",
        "sh <<\\EOF\n$V\nEOF\n",
        "sh <<EOF\neval \\$V\nEOF\n",
        "cat <<EOF\n$(eval $V)\nEOF\n",
        "cat <<A; sh <<B\n$X\nA\n$V\nB\n",
        "bash <<<\"echo $V\"",
        "X=$(sh <<EOF\n$V\nEOF\n)",
        // after it there is code again
        "cat <<EOF\nx\nEOF\n$V",
        "cat <<EOF; eval $V\nx\nEOF\n",
        // what has no end is none
        "cat <<EOF\n$V\n",
        "((x = 1 << y))\n$V\n"
      })
  void readsWhatAShellIsGiven(String code) {
    // When // Then
    assertThat(ShellCode.evaluated(code)).as(code).contains("V");
  }

  @ParameterizedTest
  @DisplayName("A9: a value in what any other command reads is data, wherever it stands there")
  @ValueSource(
      strings = {
        "cat > conf <<EOF\n$V\nname=$V; $V\nEOF\n",
        "cat <<EOF > conf\n$V\nEOF\necho done",
        "cat <<'EOF'\neval $V\nit's\nEOF\necho \"it's\"",
        "cat <<-EOF\n\t$V\n\tEOF\necho x",
        "while read line; do echo \"$line\"; done <<EOF\n$V\nEOF\n",
        "sh <<'EOF'\necho $V\nEOF\n",
        "sh <<EOF\necho \\$V\nEOF\n",
        "cat <<A <<B\n$V\nA\n$V\nB\n"
      })
  void leavesAloneWhatOthersAreGiven(String code) {
    // When // Then
    assertThat(ShellCode.evaluated(code)).as(code).doesNotContain("V");
  }

  @Test
  @DisplayName("D7: many here-documents without an end take no longer than their text")
  void isQuickAboutManyThatHaveNoEnd() {
    // Given
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      code.append("<<A").append(i).append(i % 2 == 0 ? " " : "\n");
    }
    // When // Then
    assertThat(ShellCode.evaluated(code.toString())).isEmpty();
  }
}
