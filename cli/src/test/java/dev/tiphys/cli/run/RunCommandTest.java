package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.cli.TiphysCommand;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.kafka.KafkaServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: one-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: script}]}
        templates:
          - name: main
            container: {image: alpine, command: [sh, -c], args: ["eval $SCRIPT"], env: [{name: SCRIPT, value: "{{workflow.parameters.script}}"}]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(folder.resolve("one.yaml"), WORKFLOW);
  }

  @Test
  void tellsASuccessOnOneLine() {
    assertThat(run("-p", "script=exit 0")).isZero();
    assertThat(out.toString()).containsPattern("Succeeded in .*: main 1 succeeded");
  }

  @Test
  void tellsWhatAFailedInstanceSaidLast() {
    assertThat(run("-p", "script=echo no luck >&2; exit 7")).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("main: one-\\w+-main-\\w+ failed: exit code 7")
        .contains("said last:\n  no luck");
  }

  @Test
  void runsOverKafka() {
    // When
    int exitCode =
        run(
            "--pubsub=kafka",
            "--bootstrap-server=" + KafkaServer.shared().bootstrapServers(),
            "-p",
            "script=exit 0");

    // Then
    assertThat(exitCode).isZero();
    assertThat(out.toString()).containsPattern("Succeeded in .*: main 1 succeeded");
  }

  @Test
  void saysThatKafkaIsNotThere() throws Exception {
    // Given
    Path quick =
        Files.writeString(
            folder.resolve("client.properties"),
            "default.api.timeout.ms=500\nrequest.timeout.ms=500\n");

    // When
    int exitCode =
        run(
            "--pubsub=kafka",
            "--bootstrap-server=127.0.0.1:1",
            "--command-config=" + quick,
            "-p",
            "script=exit 0");

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("cannot set up the run: Kafka at 127.0.0.1:1");
  }

  @Test
  void saysWhichFieldsMeanNothingHere() throws Exception {
    // Given
    Files.writeString(
        file, WORKFLOW + "      nodeSelector: {disk: ssd}\n      activeDeadlineSeconds: 60\n");

    // When
    run("-p", "script=exit 0");

    // Then
    assertThat(out.toString()).contains("Nor is what only pods have: nodeSelector.");
  }

  @Test
  void printsNothingButOneObjectAsJson() throws Exception {
    // When
    int exit = run("-p", "script=exit 0", "--output", "json");

    // Then
    JsonNode report = Json.parse(out.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(exit).isZero();
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly("run", "phase", "message", "tasks", "events", "seconds", "dropped");
    assertThat(report.at("/phase").textValue()).isEqualTo("Succeeded");
    assertThat(report.at("/message").textValue()).isEmpty();
    assertThat(report.at("/tasks/main").toString())
        .isEqualTo("{\"started\":1,\"succeeded\":1,\"failed\":0,\"stopped\":0,\"skipped\":0}");
    assertThat(report.at("/events").isObject()).isTrue();
    assertThat(report.at("/seconds").isNumber()).isTrue();
  }

  @Test
  void stopsARunThatTakesTooLong() {
    assertThat(run("-p", "script=sleep 60", "--timeout", "300ms", "--output", "json"))
        .isEqualTo(124);
    assertThat(out.toString())
        .contains("\"phase\":\"Failed\"", "\"message\":\"timed out after 0.3s\"");
  }

  @Test
  void asksForAParameterWithoutAValue() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("the parameter `script` has no value: give it by -p");
  }

  @Test
  void guessesAMisspeltParameter() {
    assertThat(run("-p", "scrpt=x")).isEqualTo(2);
    assertThat(err.toString()).contains("no parameter `scrpt`: did you mean `script`?");
  }

  @Test
  void refusesWhatIsNoDuration() {
    assertThat(run("-p", "script=x", "--timeout", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("'soon' is no duration");
  }

  @Test
  void asksForTheObjectsThatAWorkflowWatches() throws Exception {
    Files.writeString(file, watching());
    assertThat(run("-p", "script=x")).isEqualTo(2);
    assertThat(err.toString()).contains("(v1/ConfigMap)", "with --objects FOLDER");
  }

  @Test
  void refusesObjectsThatAreInNoFolder() throws Exception {
    Files.writeString(file, watching());
    assertThat(run("-p", "script=x", "--objects", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("one.yaml is no folder");
  }

  @Test
  void refusesObjectsThatNobodyWatches() {
    assertThat(run("-p", "script=x", "--objects", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("the workflow watches no objects");
  }

  @Test
  void refusesAFileThatIsWrong() throws Exception {
    Files.writeString(file, "kind: Pod");
    assertThat(run()).isEqualTo(2);
  }

  /** The same task, which an object stops. */
  private static String watching() {
    return WORKFLOW
        + """
              inputs:
                - name: closing
                  valueFrom:
                    event: {metadata: {apiVersion: v1, kind: ConfigMap, name: a}, eventPolicy: delete}
        """;
  }

  private int run(String... options) {
    CommandLine tiphys = TiphysCommand.commandLine(Map.of());
    tiphys.setOut(new PrintWriter(out, true));
    tiphys.setErr(new PrintWriter(err, true));
    return tiphys.execute(
        Stream.concat(Stream.of("run", file.toString()), Stream.of(options))
            .toArray(String[]::new));
  }
}
