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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static final String TWO_STEPS =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: pair-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps: [[{name: one, template: one}], [{name: two, template: two}]]
          - name: one
            container: {image: alpine, command: [sleep, "60"]}
          - name: two
            container: {image: alpine, command: [sleep, "60"]}
      """;

  private static final String REFUSING =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: refusing-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps: [[{name: speak, template: speak}, {name: greet, template: greet}]]
          - name: speak
            container: {image: alpine, command: [sh, -c], args: ["echo Argo; echo Knative"]}
            sidecars: [{name: w, image: tiphys/stdoutwatcher, parameters: {name: said}}]
          - name: greet
            inputs:
              parameters:
                - name: who
                  valueFrom:
                    eventParameter:
                      metadata: {kind: Event, name: said}
                      objectField: nothing
                      eventPolicy: create
            container: {image: alpine, command: [echo, hello]}
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
        .containsExactly(
            "run",
            "phase",
            "message",
            "tasks",
            "missed",
            "fates",
            "events",
            "seconds",
            "dropped",
            "accounts");
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
  @DisplayName("D5: after a timeout in step 1 of 2 no line says otherwise, and step 2 never was")
  void tellsOneTruthOfARunThatIsCutShort() throws Exception {
    // Given
    Files.writeString(file, TWO_STEPS);

    // When
    int exit = run("--timeout", "700ms", "--grace", "1s", "--output", "json");

    // Then
    JsonNode report = Json.parse(out.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(exit).isEqualTo(124);
    assertThat(report.at("/phase").textValue()).isEqualTo("Failed");
    assertThat(report.at("/tasks/one/stopped").intValue()).isEqualTo(1);
    assertThat(report.at("/tasks/two/stopped").intValue()).isZero();
    assertThat(err.toString())
        .containsPattern("Failed in .*: one 1 stopped\n")
        .doesNotContain("Succeeded", "two");
  }

  @Test
  @DisplayName("D8: the report says why events were refused, with counts")
  void saysWhyEventsWereRefused() throws Exception {
    // Given
    Files.writeString(file, REFUSING);

    // When
    int exit = run("--output", "json");

    // Then
    JsonNode report = Json.parse(out.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(exit).isZero();
    assertThat(report.at("/tasks/greet/skipped").intValue()).isEqualTo(2);
    assertThat(report.at("/tasks/greet/reasons").toString()).isEqualTo("{\"missingField\":2}");
    assertThat(report.at("/dropped/unusable").toString())
        .isEqualTo("{\"said: the event has no `nothing`, which `greet` needs\":2}");
    assertThat(err.toString())
        .containsPattern("Succeeded .* greet 2 skipped \\(2 field missing\\)");
  }

  @Test
  @DisplayName("D4: says before the start where a volume is")
  void saysBeforeTheStartWhereAVolumeIs() throws Exception {
    // Given
    Files.writeString(file, mounting("/out", "echo x > $TIPHYS_VOLUME_OUT/f # /out on a cluster"));

    // When
    int exit = run();

    // Then
    assertThat(exit).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "The volume `out` of main is not at /out here: it is the folder $TIPHYS_VOLUME_OUT.\n",
            "started");
  }

  @ParameterizedTest(name = "D4: refuses a task that would write into the machine''s folder: {0}")
  @ValueSource(
      strings = {
        "echo x > MOUNT/f",
        "cd MOUNT && echo x > f",
        "echo x >MOUNT/f",
        "DIR=MOUNT; echo x > $DIR/f",
        "D=MOUNT/; echo x > ${D}f",
        "echo x > /MOUNT/f",
        "echo x > /.MOUNT/./f",
        "echo x > FOLDER//real/f",
        "echo x > FOLDER/././real/f",
        "echo x > /tmp/..MOUNT/f",
        "echo x > /../MOUNT/f",
        "echo x > /tmp/./x/.././../MOUNT/f",
        "echo x > FOLDER/other/../real/f",
        "echo x > FOLDER/\"real\"/f",
        "echo x > FOLDER/'re'al/f",
        "echo x > FOLDER/re\\al/f",
        "echo x > FOLDER/re\\\n          al/f"
      })
  void refusesATaskThatWouldWriteIntoTheMachinesFolder(String script) throws Exception {
    // Given
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.writeString(
        file,
        mounting(
            real + "/",
            script.replace("MOUNT", real.toString()).replace("FOLDER", folder.toString())));

    // When
    int exit = run();

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .contains("`main` names " + real, "Name $TIPHYS_VOLUME_OUT instead", "--allow-mount-paths");
    assertThat(real).isEmptyDirectory();
  }

  @Test
  @DisplayName("D4: a path that a parameter brings is found as well")
  void refusesAParameterThatIsTheMountPath() throws Exception {
    // Given
    Path real = Files.createDirectory(folder.resolve("real"));
    String workflow = mounting(real.toString(), "echo x > {{workflow.parameters.dir}}/f");
    Files.writeString(
        file,
        workflow.replace(
            "entrypoint: main", "entrypoint: main\n  arguments: {parameters: [{name: dir}]}"));

    // When
    int exit = run("-p", "dir=" + real);

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(real).isEmptyDirectory();
  }

  @Test
  @DisplayName("D4: who wants the machine's own folder can have it")
  void runsATaskThatNamesTheMountPathIfThatIsAllowed() throws Exception {
    // Given
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.writeString(file, mounting(real.toString(), "echo x > " + real + "/f"));

    // When
    int exit = run("--allow-mount-paths");

    // Then
    assertThat(exit).isZero();
    assertThat(real.resolve("f")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat /output",
        "cat ./out",
        "curl http://x/out",
        "curl http://out/x",
        "cat $HOME/out",
        "cat $HOME/../out",
        "cat a/../out",
        "cat /tmp/..out",
        "curl http://x/../out",
        "ls out"
      })
  void takesOtherPathsForWhatTheyAre(String script) throws Exception {
    // Given
    Files.writeString(file, mounting("/out", script + "; exit 0"));

    // When // Then
    assertThat(run()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "/.", "/tmp/.."})
  void refusesAVolumeThatIsAllOfTheMachine(String path) throws Exception {
    // Given
    Files.writeString(file, mounting(path, "echo x > $TIPHYS_VOLUME_OUT/f"));

    // When
    int exit = run();

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("`main` has its volume `out` at /", "--allow-mount-paths");
  }

  private static String mounting(String path, String script) {
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Workflow
    metadata: {generateName: one-}
    spec:
      entrypoint: main
      volumes: [{name: out, emptyDir: {}}]
      templates:
        - name: main
          script:
            image: alpine
            command: [sh]
            source: |
              %s
            volumeMounts: [{name: out, mountPath: "%s"}]
    """
        .formatted(script, path);
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
