package dev.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LintCommandTest {
  @TempDir private Path folder;

  @Test
  void saysNothingOnStandardOutputOfACleanFile() {
    // When
    Call call = Call.tiphys("lint", Call.example("coinflip.yaml"));
    // Then
    assertThat(call).isEqualTo(new Call(ExitCode.OK, "", "1 file, 0 errors, 0 warnings\n"));
  }

  @Test
  void writesNoControlCharactersOfAFileToTheTerminal() throws IOException {
    // Given
    Path file = folder.resolve("a\u001b[2J\u202e.yaml");
    Files.writeString(
        file,
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: "x\\e[31m"}
        spec: {entrypoint: "m\\a"}
        """);
    // When
    Call found = Call.tiphys("lint", folder.toString());
    Call missing = Call.tiphys("lint", folder.resolve("b\u001b[2J").toString());
    // Then
    assertThat(found.out()).contains("\\u{1b}[2J\\u{202e}.yaml");
    assertThat(found.out() + found.err() + missing.err())
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void printsAnEmptyArrayForACleanFile() {
    // When
    Call call = Call.tiphys("lint", "--output", "json", Call.example("coinflip.yaml"));
    // Then
    assertThat(call.out()).isEqualToIgnoringNewLines("[]");
  }

  @Test
  void showsTheOffendingLineWithACaret() {
    // When
    Call call = Call.tiphys("lint", Call.example("coinflip-original.yaml"));
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out())
        .contains("coinflip-original.yaml:50:6: error", "     inputs:\n     ^", "help: ");
    assertThat(call.err()).isEqualTo("1 file, 1 error, 0 warnings\n");
  }

  @Test
  void printsEveryFieldOfADiagnosticAsJson() throws IOException {
    // When
    Call call = Call.tiphys("lint", "--output=json", Call.example("coinflip-original.yaml"));
    // Then
    JsonNode found = Json.parse(call.out().getBytes(StandardCharsets.UTF_8)).get(0);
    assertThat(found.fieldNames())
        .toIterable()
        .containsExactly("code", "severity", "file", "line", "column", "message", "hint");
    assertThat(found.get("severity").textValue()).isEqualTo("error");
    assertThat(found.get("line").intValue()).isEqualTo(50);
    assertThat(found.get("column").intValue()).isEqualTo(6);
  }

  @Test
  void aWarningIsNoFailure() {
    // When
    Call call = Call.tiphys("lint", Call.example("external.yaml"));
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.err()).isEqualTo("1 file, 0 errors, 2 warnings\n");
  }

  @Test
  void findsTheWorkflowsBelowAFolderByName() throws IOException {
    // Given
    copy("coinflip-original.yaml", "deep/er/b.yml");
    copy("coinflip-original.yaml", "a.yaml");
    copy("coinflip-original.yaml", "notes.txt");
    copy("coinflip-original.yaml", ".hidden/c.yaml");
    // When
    Call call = Call.tiphys("lint", "-o", "json", folder.toString());
    // Then
    JsonNode found = Json.parse(call.out().getBytes(StandardCharsets.UTF_8));
    assertThat(StreamSupport.stream(found.spliterator(), false).map(d -> d.get("file").textValue()))
        .containsExactly(
            folder.resolve("a.yaml").toString(), folder.resolve("deep/er/b.yml").toString());
    assertThat(call.err()).endsWith("2 files, 2 errors, 0 warnings\n");
  }

  @Test
  void skipsOtherYamlOfAFolderWithANote() throws IOException {
    // Given
    Files.writeString(folder.resolve("service.yaml"), "apiVersion: v1\nkind: Service\n");
    // When
    Call call = Call.tiphys("lint", folder.toString());
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.err())
        .contains("service.yaml: not a workflow, skipped", "0 files, 0 errors, 0 warnings");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x1b})
  void neverSkipsAWorkflowForAForbiddenCharacter(int forbidden) throws IOException {
    // Given
    String workflow = Files.readString(Path.of(Call.example("hello-events.yaml")));
    Files.writeString(folder.resolve("w.yaml"), workflow + (char) forbidden);
    // When
    Call call = Call.tiphys("lint", folder.toString());
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out()).contains("w.yaml:", "error[invalid-yaml]");
  }

  @Test
  void neverSkipsAFileThatTheCallNames() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("s.yaml"), "apiVersion: v1\nkind: Service\n");
    // When
    Call call = Call.tiphys("lint", file.toString());
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void readsAFileOnceHoweverOftenItIsNamed() {
    // Given
    String file = Call.example("coinflip-original.yaml");
    // When
    Call call = Call.tiphys("lint", file, file);
    // Then
    assertThat(call.err()).isEqualTo("1 file, 1 error, 0 warnings\n");
  }

  @Test
  void aLinkThatLeadsBackUpIsPassedBy() throws IOException {
    // Given
    copy("coinflip.yaml", "a.yaml");
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    // When
    Call call = Call.tiphys("lint", folder.toString());
    // Then
    assertThat(call.err()).isEqualTo("1 file, 0 errors, 0 warnings\n");
  }

  @Test
  void refusesAPathThatIsNotThere() {
    // When
    Call call = Call.tiphys("lint", folder.resolve("none").toString());
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("no such file");
  }

  @Test
  @DisplayName("D1: a file over which Tiphys fails is that file's diagnostic")
  void reportsABugOfOneFileAndChecksTheOthers() throws IOException {
    // Given
    copy("coinflip.yaml", "a.yaml");
    copy("coinflip-original.yaml", "b.yaml");
    LintCommand faulty =
        new LintCommand(
            source -> {
              if (source.name().endsWith("a.yaml")) {
                throw new IllegalStateException("planted");
              }
              return Compiler.compile(source.name(), source.text()).diagnostics();
            });
    // When
    Call call = Call.of(new CommandLine(faulty), "-o", "json", folder.toString());
    // Then
    JsonNode found = Json.parse(call.out().getBytes(StandardCharsets.UTF_8));
    assertThat(found).hasSize(2);
    assertThat(found.get(0).get("code").textValue()).isEqualTo("internal-error");
    assertThat(found.get(0).get("message").textValue()).contains("planted");
    assertThat(found.get(1).get("code").textValue()).isEqualTo("invalid-yaml");
    assertThat(call.exitCode()).isEqualTo(ExitCode.BUG);
  }

  @Test
  @DisplayName("D1: a file of a folder that cannot be read is that file's diagnostic")
  void reportsAFileThatIsNoTextAndChecksTheOthers() throws IOException {
    // Given
    Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    copy("coinflip-original.yaml", "b.yaml");
    // When
    Call call = Call.tiphys("lint", "-o", "json", folder.toString());
    // Then
    JsonNode found = Json.parse(call.out().getBytes(StandardCharsets.UTF_8));
    assertThat(StreamSupport.stream(found.spliterator(), false).map(d -> d.get("code").textValue()))
        .containsExactly("unreadable-file", "invalid-yaml");
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
  }

  private void copy(String example, String to) throws IOException {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(Call.EXAMPLES.resolve(example), target);
  }
}
