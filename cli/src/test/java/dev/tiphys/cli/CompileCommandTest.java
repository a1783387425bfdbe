package dev.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompileCommandTest {
  private static final String COINFLIP = Call.example("coinflip.yaml");

  @TempDir private Path folder;

  @Test
  void printsManifests() {
    // When
    Call call = Call.tiphys("compile", COINFLIP);
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).startsWith("---\n").contains("kind: Broker", "name: coinflip-recursive");
    assertThat(call.err()).isEmpty();
  }

  @Test
  void printsTheSameBytesTwice() {
    // Given
    Call first = Call.tiphys("compile", COINFLIP);
    // When
    Call second = Call.tiphys("compile", COINFLIP);
    // Then
    assertThat(second).isEqualTo(first);
  }

  @Test
  @DisplayName("E1: what is of the workflow alone, and what is shared, make up the whole")
  void printsEachHalf() {
    // Given
    Call whole = Call.tiphys("compile", COINFLIP);
    // When
    Call workflow = Call.tiphys("compile", "--only=workflow", COINFLIP);
    Call shared = Call.tiphys("compile", "--only=shared", COINFLIP);
    // Then
    assertThat(documents(workflow)).doesNotContainAnyElementsOf(documents(shared));
    assertThat(Stream.of(workflow, shared).flatMap(half -> documents(half).stream()))
        .containsExactlyInAnyOrderElementsOf(documents(whole));
    assertThat(workflow.out())
        .contains("kind: Trigger", "kind: Plan")
        .doesNotContain("kind: Deployment", "kind: Secret");
    assertThat(shared.out()).contains("kind: Secret").doesNotContain("coinflip");
  }

  @Test
  @DisplayName("E2: a namespace changes nothing of what all workflows share but where it is")
  void aNamespaceIsNowhereButInMetadata() {
    // Given
    Call without = Call.tiphys("compile", COINFLIP);
    // When
    Call with = Call.tiphys("compile", "-n", "games", COINFLIP);
    // Then
    assertThat(with.out().replaceAll("(?m)^ +namespace: games\\n", "")).isEqualTo(without.out());
  }

  private static List<String> documents(Call call) {
    return Stream.of(call.out().split("(?m)^---\\n")).filter(text -> !text.isEmpty()).toList();
  }

  @Test
  void printsThePlan() {
    // When
    Call call = Call.tiphys("compile", "-o", "plan", COINFLIP);
    // Then
    assertThat(Plan.fromJson(call.out()).workflow()).isEqualTo("coinflip-recursive");
  }

  @Test
  void readsStandardInput() throws IOException {
    // When
    Call call = Call.withInput(Files.readString(Path.of(COINFLIP)), "compile", "-");
    // Then
    assertThat(call).isEqualTo(Call.tiphys("compile", COINFLIP));
  }

  @Test
  void letsKafkaCarryTheEvents() {
    // When
    Call call =
        Call.tiphys("compile", "--pubsub=kafka", "--bootstrap-server=kafka.games:9092", COINFLIP);
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out())
        .contains("name: coinflip-recursive-carrier", "kafka.games:9092")
        .doesNotContain("kind: Broker", "kind: Trigger");
  }

  @ParameterizedTest
  @CsvSource({
    "--pubsub=kafka, --pubsub=kafka needs --bootstrap-server HOST:PORT",
    "--bootstrap-server=kafka:9092, --bootstrap-server is for --pubsub=kafka",
    "--kafka-secret=tls, --kafka-secret is for --pubsub=kafka",
    "--authorize, --authorize needs --namespace"
  })
  void refusesHalfACarrier(String option, String problem) {
    // When
    Call call = Call.tiphys("compile", option, COINFLIP);
    // Then
    assertThat(call.exitCode()).isEqualTo(2);
    assertThat(call.err()).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pubsub=kubernetes", "--pubsub=kafka --bootstrap-server=kafka:9092"})
  void refusesToAskWhoPostsWhereNoKnativeBrokerWould(String carrier) {
    // When
    Call call =
        Call.tiphys(
            ("compile --authorize --namespace=games " + carrier + " " + COINFLIP).split(" ", -1));
    // Then
    assertThat(call.exitCode()).isEqualTo(2);
    assertThat(call.err()).contains("--authorize needs --pubsub=knative");
  }

  @Test
  void handsItsOptionsToTheManifests() {
    // When
    Call call =
        Call.tiphys(
            "compile",
            COINFLIP,
            "--namespace=games",
            "--broker=shared",
            "--broker-class=Kafka",
            "--triggers=per-rule",
            "--functions-image=example.org/f:7",
            "--sidecars-image=example.org/s:8",
            "--split");
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out())
        .contains("namespace: games", "broker: shared", "example.org/f:7", "example.org/s:8")
        .contains("name: tiphys-start", "name: tiphys-stop")
        .doesNotContain("kind: Broker");
  }

  @Test
  void refusesAStreamThatTheLogApiCannotTell() {
    // When
    Call call = Call.tiphys("compile", "--logs=api", COINFLIP);
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out()).isEmpty();
    assertThat(call.err())
        .contains("coinflip.yaml:37:15: error", "`stdoutwatcher`", "stream: both");
  }

  @Test
  void showsTheOffendingLineWithACaret() {
    // When
    Call call = Call.tiphys("compile", Call.example("coinflip-original.yaml"));
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out()).isEmpty();
    assertThat(call.err())
        .contains("coinflip-original.yaml:50:6: error", "     inputs:\n     ^", "help: ");
  }

  @Test
  void printsManifestsAndWarnings() {
    // When
    Call call = Call.tiphys("compile", Call.example("external.yaml"));
    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out()).contains("kind: Broker");
    assertThat(call.err()).contains("warning[external-event]");
  }

  @ParameterizedTest
  @CsvSource({
    "--triggers=some, per-function or per-rule",
    "--logs=syslog, files or api",
    "--broker-class=Pigeon, MTChannelBasedBroker or Kafka",
    "--namespace=Not_A_Name, Not_A_Name",
    "--output=xml, xml",
    "--frobnicate, --frobnicate"
  })
  void refusesAWrongOption(String option, String told) {
    // When
    Call call = Call.tiphys("compile", COINFLIP, option);
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.out()).isEmpty();
    assertThat(call.err()).contains(told);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    // When
    Call call = Call.tiphys("compile", folder.resolve("none.yaml").toString());
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("none.yaml: no such file");
  }

  @Test
  void refusesAFolder() {
    // When
    Call call = Call.tiphys("compile", folder.toString());
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("it is a folder");
  }

  @Test
  void refusesAFileThatIsNoText() throws IOException {
    // Given
    Path file = Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    // When
    Call call = Call.tiphys("compile", file.toString());
    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("not UTF-8");
  }
}
