package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.functions.deadletter.LetterPart;
import dev.tiphys.functions.deadletter.Refusal;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("B6: dead letters of a local run, whose folder was kept")
class DeadLettersCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private TakingBroker broker;

  @BeforeEach
  void open() throws IOException {
    broker = new TakingBroker();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  static CloudEvent order(String id, String data) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/shop"))
        .withType("order")
        .withExtension("customer", "zoe")
        .withExtension("tiphyssignature", "v2.1." + "0".repeat(64))
        .withData("application/json", data.getBytes(UTF_8))
        .build();
  }

  static DeadLetter letter(CloudEvent event, String reason) {
    return DeadLetter.of(event, new Refusal(422, reason, "broker"), "external", "", NOW);
  }

  static String part(long unkept, DeadLetter... letters) {
    SequencedMap<String, DeadLetter> all = new LinkedHashMap<>();
    for (DeadLetter letter : letters) {
      all.put(letter.name(), letter);
    }
    return new LetterPart(all, unkept, NOW).text();
  }

  private Path keepThree() throws IOException {
    return keep(
        0,
        letter(order("1", "{}"), "no"),
        letter(order("2", "{}"), "no"),
        letter(order("3", "{}"), "no"));
  }

  private Path keep(long unkept, DeadLetter... letters) throws IOException {
    Path parts = Files.createDirectories(folder.resolve("plan.external-1.parts"));
    return Files.writeString(parts.resolve("dead-letters-0"), part(unkept, letters));
  }

  private Call deadLetters(String command, String... more) {
    String[] call = new String[more.length + 3];
    call[0] = "dead-letters";
    call[1] = command;
    System.arraycopy(more, 0, call, 2, more.length);
    call[call.length - 1] = "--folder=" + folder;
    return Call.tiphys(call);
  }

  @Test
  void areListedWithWhatWasCountedAlone() throws Exception {
    // Given
    keep(7, letter(order("1", "{}"), "no field `goods`"), letter(order("2", "{}"), "late"));

    // When
    Call call = deadLetters("list");

    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out().lines().findFirst().orElseThrow())
        .matches("LETTER +WHEN +TYPE +ID +SOURCE +REASON +RUN +TIMES");
    assertThat(call.out()).contains("order", "/shop", "422 no field `goods`", "422 late");
    assertThat(call.err()).contains("7 more came and were not kept");
  }

  @Test
  void areListedForProgramsALineEach() throws Exception {
    // Given
    keep(0, letter(order("1", "{}"), "no"), letter(order("2", "\"ë\""), "no"));

    // When
    Call call = deadLetters("list", "-o", "json");

    // Then
    assertThat(call.out().lines()).hasSize(2);
    JsonNode second = Json.parse(call.out().lines().toList().getLast().getBytes(UTF_8));
    assertThat(second.path("id").asText()).isEqualTo("2");
    assertThat(second.path("bytes").asText()).isEqualTo("4");
  }

  @Test
  void areListedOfOneWorkflow() throws Exception {
    // Given
    keep(0, letter(order("1", "{}"), "no"));

    // When // Then
    assertThat(deadLetters("list", "external").out()).contains("/shop");
    assertThat(deadLetters("list", "another").err()).contains("no dead letters of another");
  }

  @Test
  void areShownWithAllThatTheySayAndNoCharacterThatATerminalObeys() throws Exception {
    // Given
    keep(0, letter(order("1", "{\"goods\": \"\u001b[31mred\u202e\"}"), "say \u0007 no"));

    // When
    Call call = deadLetters("show", "1");

    // Then
    assertThat(call.exitCode()).isZero();
    assertThat(call.out())
        .contains(
            "  customer: zoe", "reason: say \\u{7} no", "{\"goods\": \"\\u{1b}[31mred\\u{202e}")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void arePublishedAsTheyWereAndAreGoneThen() throws Exception {
    // Given
    CloudEvent order = order("1", "{\"goods\": 1.10}");
    Path file = keep(3, letter(order, "no"), letter(order("2", "{}"), "no"));

    // When
    Call call = deadLetters("publish", "1", broker.option());

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out()).isEqualTo("event 1 published\n");
    assertThat(broker.taken()).containsExactly(order);
    LetterPart left = LetterPart.read(Files.readString(file));
    assertThat(left.letters().values()).extracting(it -> it.event().getId()).containsExactly("2");
    assertThat(left.unkept()).isEqualTo(3);
  }

  @Test
  void anEventThatWasRefusedForTwoReasonsIsPublishedOnce() throws Exception {
    // Given
    Path file = keep(0, letter(order("1", "{}"), "no"), letter(order("1", "{}"), "late"));

    // When
    Call call = deadLetters("publish", "1", broker.option());

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(broker.taken()).hasSize(1);
    assertThat(LetterPart.read(Files.readString(file)).letters()).isEmpty();
  }

  @Test
  void whatIsNotTakenStaysAndIsTold() throws Exception {
    // Given
    broker.refuse("2");
    Path file = keepThree();

    // When
    Call call = deadLetters("publish", "--all", broker.option());

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(call.err()).contains("event 2 stays a dead letter", "not this one");
    assertThat(broker.taken()).extracting(CloudEvent::getId).containsExactly("1", "3");
    assertThat(LetterPart.read(Files.readString(file)).letters().values())
        .extracting(it -> it.event().getId())
        .containsExactly("2");
  }

  @Test
  void aBrokerThatIsGoneIsGivenUpAfterOneLetter() throws Exception {
    // Given
    Path file = keepThree();
    broker.close();

    // When
    Call call = deadLetters("publish", "--all", broker.option());

    // Then: one message, and not one for each letter
    assertThat(call.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(call.err())
        .containsOnlyOnce("cannot be reached")
        .contains("0 published, 3 remain")
        .doesNotContain("stays a dead letter");
    assertThat(LetterPart.read(Files.readString(file)).letters()).hasSize(3);
  }

  @Test
  void whatWasPublishedBeforeTheBrokerWentIsToldAndGone() throws Exception {
    // Given
    Path file = keepThree();
    broker.endAfter(1);

    // When
    Call call = deadLetters("publish", "--all", broker.option());

    // Then
    assertThat(call.out()).isEqualTo("event 1 published\n");
    assertThat(call.err()).contains("1 published, 2 remain");
    assertThat(LetterPart.read(Files.readString(file)).letters()).hasSize(2);
  }

  @Test
  void theIdIsLookedForBeforeABroker() throws Exception {
    // Given
    keep(0, letter(order("1", "{}"), "no"));

    // When: no broker is named
    Call call = deadLetters("publish", "2");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("no dead letter `2`").doesNotContain("--broker-url");
  }

  @Test
  void aFolderThatNoRunHasLeftIsToldFromOneWithoutDeadLetters() throws Exception {
    // Given
    Path ofRun = Files.createDirectory(folder.resolve("tiphys-1"));

    // When
    Call strange = deadLetters("list");
    Call empty = Call.tiphys("dead-letters", "list", "--folder=" + ofRun);

    // Then
    assertThat(strange.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(strange.err()).contains(folder + ": no run has put anything there");
    assertThat(empty.exitCode()).isZero();
    assertThat(empty.err()).contains("no dead letters");
  }

  @Test
  void anIdThatSeveralEventsHaveDoesNotSayWhichOneIsMeant() throws Exception {
    // Given: somebody who guessed the id
    DeadLetter mine = letter(order("1", "\"mine\""), "no");
    keep(0, mine, letter(order("1", "\"yours\""), "no"));

    // When
    Call byId = deadLetters("publish", "1", broker.option());
    Call byLetter = deadLetters("publish", mine.name(), broker.option());

    // Then
    assertThat(byId.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(byId.err()).contains("several events have the id `1`", mine.name());
    assertThat(byLetter.exitCode()).isZero();
    assertThat(broker.taken()).containsExactly(mine.event());
  }

  @Test
  void wrongCallsAreTold() throws Exception {
    keep(0, letter(order("1", "{}"), "no"));

    assertThat(deadLetters("show", "2").err()).contains("no dead letter `2`");
    assertThat(deadLetters("publish", "2", broker.option()).exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(deadLetters("publish", "1").err()).contains("give --broker-url");
    assertThat(deadLetters("publish", "1", "--all", broker.option()).exitCode())
        .isEqualTo(ExitCode.INVALID);
    assertThat(deadLetters("publish", broker.option()).exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(Call.tiphys("dead-letters", "list", "--folder=/nowhere").err())
        .contains("no such folder");
    assertThat(broker.taken()).isEmpty();
  }
}
