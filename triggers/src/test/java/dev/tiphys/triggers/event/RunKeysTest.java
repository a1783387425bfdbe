package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.RunKeys.Emitter;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunKeysTest {
  private static final byte[] FIRST = RootKey.bytes(new Random(1));
  private static final byte[] SECOND = RootKey.bytes(new Random(2));
  private static final RootKey ROOT = RootKey.of(Map.of("1", FIRST)).orElseThrow();
  private static final RunKeys KEYS = new RunKeys(ROOT, "uid-1");
  private static final Emitter EMITTER = new Emitter("flip-coin", "flip-1", "watch", "coin");
  private static final String WORKFLOW = "coinflip";
  private static final String RUN = "coinflip-1";

  private static final CloudEvent EVENT =
      CloudEventBuilder.v1()
          .withId("1")
          .withSource(new StreamSource(WORKFLOW, RUN, "flip-1", "watch").uri())
          .withType("coin")
          .withExtension(Attributes.WORKFLOW, WORKFLOW)
          .withExtension(Attributes.RUN, RUN)
          .withExtension(Attributes.TASK, "flip-coin")
          .withExtension(Attributes.INSTANCE, "flip-1")
          .withExtension(Attributes.PARTITION_KEY, RUN)
          .withExtension(Attributes.SEQUENCE, "000000000001")
          .build();

  private static boolean vouchFor(CloudEvent event) {
    return KEYS.vouchFor(event, WORKFLOW, RUN);
  }

  @Test
  void anEmittersOwnStreamIsVouchedFor() {
    assertThat(vouchFor(KEYS.emitter(EMITTER).sign(EVENT))).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strangeStreams")
  @DisplayName("A5: an emitter's key signs nothing but its own source, type and stream")
  void anEmittersKeySignsItsOwnStreamAlone(String what, UnaryOperator<CloudEventBuilder> change) {
    // Given
    SigningKey own = KEYS.emitter(EMITTER);

    // When
    CloudEvent event = own.sign(change.apply(CloudEventBuilder.from(EVENT)).build());

    // Then
    assertThat(vouchFor(event)).as(what).isFalse();
  }

  static Stream<Arguments> strangeStreams() {
    return Stream.of(
        strange("another type", e -> e.withType("stopsignal")),
        strange("another container", e -> e.withSource(source(WORKFLOW, RUN, "flip-1", "other"))),
        strange("another instance", e -> e.withSource(source(WORKFLOW, RUN, "flip-2", "watch"))),
        strange("another run", e -> e.withSource(source(WORKFLOW, "r2", "flip-1", "watch"))),
        strange("another workflow", e -> e.withSource(source("w2", RUN, "flip-1", "watch"))),
        strange(
            "its source in other words",
            e -> e.withSource(URI.create("/tiphys/coinflip/coinflip-1/flip-1/%77atch"))),
        strange("no stream's source", e -> e.withSource(URI.create("/me"))),
        strange("another task", e -> e.withExtension(Attributes.TASK, "heads")),
        strange("no task", e -> e.withoutExtension(Attributes.TASK)),
        strange("no number", e -> e.withoutExtension(Attributes.SEQUENCE)),
        strange("another instance's name", e -> e.withExtension(Attributes.INSTANCE, "flip-2")),
        strange("another workflow's name", e -> e.withExtension(Attributes.WORKFLOW, "w2")),
        strange("another order", e -> e.withExtension(Attributes.PARTITION_KEY, "r2")),
        strange("another run's name", e -> e.withExtension(Attributes.RUN, "r2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EventTypes.RUN_CHANGED,
        EventTypes.TASK_ENDED,
        "dev.tiphys.run.stop",
        "dev.tiphys.watch.0123456789"
      })
  @DisplayName(
      "A5: what Tiphys itself says needs the control key, whoever says it under any source")
  void aControlTypeNeedsTheControlKey(String type) {
    // Given
    CloudEvent event = CloudEventBuilder.from(EVENT).withType(type).build();

    // When
    CloudEvent byItsEmitter =
        KEYS.emitter(new Emitter("flip-coin", "flip-1", "watch", type)).sign(event);

    // Then
    assertThat(vouchFor(byItsEmitter)).isFalse();
    assertThat(vouchFor(KEYS.emitter(EMITTER).sign(event))).isFalse();
    assertThat(vouchFor(KEYS.control().sign(event))).isTrue();
  }

  @Test
  void theControlKeyEmitsNothing() {
    assertThat(vouchFor(KEYS.control().sign(EVENT))).isFalse();
  }

  @Test
  void aNamesakeHasOtherKeys() {
    // Given
    RunKeys later = new RunKeys(ROOT, "uid-2");

    // Then
    assertThat(vouchFor(later.emitter(EMITTER).sign(EVENT))).isFalse();
  }

  @Test
  void anOlderVersionIsBelievedAndTheNewestSigns() {
    // Given
    RunKeys rotated =
        new RunKeys(RootKey.of(Map.of("1", FIRST, "2", SECOND)).orElseThrow(), "uid-1");
    CloudEvent old = KEYS.emitter(EMITTER).sign(EVENT);

    // When
    CloudEvent young = rotated.emitter(EMITTER).sign(EVENT);

    // Then
    assertThat(rotated.vouchFor(old, WORKFLOW, RUN)).isTrue();
    assertThat(rotated.vouchFor(young, WORKFLOW, RUN)).isTrue();
    assertThat(KEYS.know(young)).isFalse();
    assertThat(vouchFor(young)).isFalse();
  }

  @Test
  void aFeedersKeyIsWorthNothingToTheRun() {
    // Given
    SigningKey proxy = KEYS.emitter(new Emitter("flip-coin", "flip-1", "proxy", "pairs"));

    // When
    CloudEvent fed = proxy.ofFeeder("watch", "coin").sign(EVENT);

    // Then
    assertThat(vouchFor(fed)).isFalse();
    assertThat(proxy.ofFeeder("watch", "coin").hasSigned(fed)).isTrue();
    assertThat(proxy.ofFeeder("other", "coin").hasSigned(fed)).isFalse();
  }

  @Test
  void aKeyIsReadAsItWasWrittenAndShowsItselfToNobody() {
    // Given
    SigningKey key = KEYS.emitter(EMITTER);

    // When
    SigningKey read = SigningKey.parse(key.text()).orElseThrow();

    // Then
    assertThat(read.hasSigned(key.sign(EVENT))).isTrue();
    assertThat(key.toString()).doesNotContain(key.text());
    assertThat(SigningKey.parse("1.short")).isEmpty();
  }

  private static URI source(String workflow, String run, String instance, String container) {
    return new StreamSource(workflow, run, instance, container).uri();
  }

  private static Arguments strange(String what, UnaryOperator<CloudEventBuilder> how) {
    return Arguments.of(what, how);
  }
}
