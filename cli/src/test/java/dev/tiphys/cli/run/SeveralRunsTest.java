package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.kafka.KafkaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B3: every run that begins while the command is there is a run of the command. */
class SeveralRunsTest {
  /** Each opening begins a run, whose task waits for its day to be released. */
  private static final String SHOP =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: shop-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: owner, value: nobody}]}
        templates:
          - name: main
            inputs: [{name: day, valueFrom: {event: {metadata: {name: opening}, objectField: day, eventPolicy: create}}}]
            script:
              image: alpine
              command: [sh]
              env: [{name: OWNER, value: "{{workflow.parameters.owner}}"}]
              source: |
                echo "$OWNER" > "FOLDER/$TIPHYS_PARAM_DAY.open"
                until [ -e "FOLDER/$TIPHYS_PARAM_DAY" ]; do sleep 0.02; done
                [ "$TIPHYS_PARAM_DAY" != sunday ]
      """;

  /** A run begins by itself, and by who posts a begin event. */
  private static final String PAIR =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: pair-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: day, value: monday}]}
        templates:
          - name: main
            script:
              image: alpine
              command: [sh]
              env: [{name: DAY, value: "{{workflow.parameters.day}}"}]
              source: |
                touch "FOLDER/$DAY.open"
                until [ -e "FOLDER/$DAY" ]; do sleep 0.02; done
                [ "$DAY" != sunday ]
      """;

  /** Each opening begins a run that has no process, and one closing ends all of them. */
  private static final String STALL =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: stall-}
      spec:
        entrypoint: main
        templates:
          - name: main
            inputs: [{name: day, valueFrom: {event: {metadata: {name: opening}, objectField: day, eventPolicy: create}}}]
            steps: [[{name: sell, template: sell}]]
          - name: sell
            inputs:
              - {name: goods, valueFrom: {event: {metadata: {name: order}, eventPolicy: create}}}
              - {name: closing, valueFrom: {event: {metadata: {name: closing}, eventPolicy: delete}}}
            container: {image: alpine, command: [sh, -c], args: ["exit 0"]}
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("workflow.yaml");
  }

  @ParameterizedTest(name = "B3: every run that an event begins counts, over {0}")
  @ValueSource(strings = {"embedded", "kafka"})
  void b3EveryRunThatAnEventBeginsCounts(String pubsub) throws Exception {
    // Given
    LiveCommand command = LiveCommand.run(write(SHOP), carrier(pubsub));
    open(command, "monday", "sunday", "tuesday");

    // When: they end one after another
    release("monday");
    command.told(" succeeded");
    release("sunday");
    command.told(" failed: ");
    release("tuesday");

    // Then
    assertThat(command.exitCode()).as(command.text()).isEqualTo(1);
    assertThat(command.reports())
        .extracting(SeveralRunsTest::phase, it -> it.at("/tasks/main/started").intValue())
        .containsExactlyInAnyOrder(
            tuple("Succeeded", 1), tuple("Failed", 1), tuple("Succeeded", 1));
    assertThat(command.reports())
        .allSatisfy(it -> assertThat(it.at("/events").toString()).isEqualTo("{\"opening\":1}"));
    assertThat(command.text())
        .contains(
            command.reports().stream().map(SeveralRunsTest::run).map(name -> name + "  ").toList())
        .contains("3 runs: 2 Succeeded, 1 Failed");
  }

  @Test
  @DisplayName("B3: a run that a begin event begins beside the command's own is waited for")
  void b3ARunBesideTheOneThatWasAskedForCounts() throws Exception {
    // Given
    LiveCommand command = LiveCommand.run(write(PAIR));
    opened(command, "monday");
    int answer = command.post(EventTypes.RUN_BEGIN, "1", "{\"parameters\": {\"day\": \"sunday\"}}");
    opened(command, "sunday");

    // When
    release("monday");
    command.told(" succeeded");
    release("sunday");

    // Then
    assertThat(answer).isEqualTo(202);
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.reports())
        .extracting(SeveralRunsTest::phase)
        .containsExactly("Succeeded", "Failed");
  }

  @Test
  @DisplayName("B3: values that are given are those of every run that an event begins")
  void b3GivenValuesAreThoseOfEveryRun() throws Exception {
    // Given
    LiveCommand command = LiveCommand.run(write(SHOP), "-p", "owner=me");

    // When
    open(command, "monday", "tuesday");
    release("monday");
    release("tuesday");

    // Then
    assertThat(command.exitCode()).isZero();
    assertThat(folder.resolve("monday.open")).hasContent("me\n");
    assertThat(folder.resolve("tuesday.open")).hasContent("me\n");
  }

  @Test
  @DisplayName("B3: a timeout cuts short those that go on, and says of each how it ended")
  void b3ATimeoutCutsShortThoseThatGoOn() throws Exception {
    // Given
    LiveCommand command = LiveCommand.run(write(SHOP), "--timeout", "8s", "--grace", "1s");
    open(command, "monday", "tuesday");

    // When
    release("monday");

    // Then
    assertThat(command.exitCode()).isEqualTo(124);
    assertThat(command.reports())
        .extracting(SeveralRunsTest::phase, it -> it.path("message").textValue())
        .containsExactlyInAnyOrder(tuple("Succeeded", ""), tuple("Failed", "timed out after 8s"));
  }

  @Test
  @DisplayName("B3: where none has begun in time, the one object says that it is pending")
  void b3WithoutARunTheReportIsPending() throws Exception {
    // When
    LiveCommand command = LiveCommand.run(write(SHOP), "--timeout", "300ms");

    // Then
    assertThat(command.exitCode()).isEqualTo(124);
    assertThat(command.reports())
        .extracting(
            SeveralRunsTest::run, SeveralRunsTest::phase, it -> it.path("message").textValue())
        .containsExactly(tuple("", "Pending", "timed out after 0.3s"));
  }

  @Test
  @DisplayName("B3: a hundred runs count, and the sender of the next one is asked to come again")
  void b3AHundredRunsCount() throws Exception {
    // Given
    LiveCommand command = LiveCommand.run(write(STALL));
    for (int i = 0; i < 100; i++) {
      assertThat(command.post("opening", "o" + i, "{\"day\": \"monday\"}")).isEqualTo(202);
    }
    int tooMany = 202;
    for (int i = 100; tooMany == 202; i++) {
      // begun by those that came at the same moment
      tooMany = command.post("opening", "o" + i, "{\"day\": \"monday\"}");
    }

    // When
    command.post("closing", "c", "");

    // Then
    assertThat(tooMany).isEqualTo(429);
    assertThat(command.exitCode()).as(command.text()).isZero();
    assertThat(command.reports().size()).isBetween(100, 110);
    assertThat(command.reports()).extracting(SeveralRunsTest::phase).containsOnly("Succeeded");
  }

  private static String phase(JsonNode report) {
    return report.path("phase").textValue();
  }

  private static String run(JsonNode report) {
    return report.path("run").textValue();
  }

  private static String[] carrier(String pubsub) {
    return pubsub.equals("kafka")
        ? new String[] {
          "--pubsub=kafka", "--bootstrap-server=" + KafkaServer.shared().bootstrapServers()
        }
        : new String[0];
  }

  private Path write(String workflow) throws IOException {
    return Files.writeString(file, workflow.replace("FOLDER", folder.toString()));
  }

  /** Begins a run for each day, and waits until their tasks are there. */
  private void open(LiveCommand command, String... days) throws Exception {
    for (String day : days) {
      assertThat(command.post("opening", day, "{\"day\": \"" + day + "\"}")).isEqualTo(202);
    }
    for (String day : days) {
      opened(command, day);
    }
  }

  private void opened(LiveCommand command, String day) throws InterruptedException {
    command.until(() -> Files.exists(folder.resolve(day + ".open")));
  }

  private void release(String day) throws IOException {
    Files.createFile(folder.resolve(day));
  }
}
