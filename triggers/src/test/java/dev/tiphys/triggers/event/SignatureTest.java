package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final SigningKey KEY = key(1);

  /** One with every attribute that the emitters of Tiphys set, and a label. */
  static final CloudEvent EVENT =
      CloudEventBuilder.v1()
          .withId("uid/watch/stdout/1")
          .withSource(URI.create("/tiphys/coinflip/coinflip-1/flip-1/watch"))
          .withType("coin")
          .withSubject("heads")
          .withTime(OffsetDateTime.parse("2026-11-30T06:00:00.1200Z"))
          .withDataContentType("application/json")
          .withDataSchema(URI.create("http://example.com/schema"))
          .withData("{\"content\":\"heads\"}".getBytes(StandardCharsets.UTF_8))
          .withExtension(Attributes.WORKFLOW, "coinflip")
          .withExtension(Attributes.RUN, "coinflip-1")
          .withExtension(Attributes.TASK, "flip-coin")
          .withExtension(Attributes.INSTANCE, "flip-1")
          .withExtension(Attributes.SEQUENCE, "000000000001")
          .withExtension(Attributes.PARTITION_KEY, "coinflip-1")
          .withExtension(Attributes.END_OF_STREAM, true)
          .withExtension(Attributes.DISCARDED, 3)
          .withExtension(Attributes.REFUSED, "413")
          .withExtension(Attributes.RESOURCE_VERSION, "17")
          .withExtension(Attributes.ALL_RUNS, true)
          .withExtension(Attributes.OBJECT_ACTION, "added")
          .withExtension(Attributes.OBJECT_KIND, "ConfigMap")
          .withExtension(Attributes.OBJECT_NAME, "order-1")
          .withExtension(Attributes.OBJECT_NAMESPACE, "shop")
          .withExtension(Attributes.OBJECT_VERSION, "16")
          .withExtension(Attributes.OBJECT_CUT, true)
          .withExtension("shift", "Zürich 50%")
          .build();

  static SigningKey key(int seed) {
    return new RunKeys(RootKey.random(new Random(seed)), "uid").control();
  }

  @Test
  void whatWasSignedIsVerified() {
    assertThat(KEY.hasSigned(KEY.sign(EVENT))).isTrue();
  }

  @Test
  void signingAgainChangesNothing() {
    CloudEvent signed = KEY.sign(EVENT);

    assertThat(KEY.sign(signed)).isEqualTo(signed);
  }

  @Test
  void anUnsignedEventIsNotVerified() {
    assertThat(KEY.hasSigned(EVENT)).isFalse();
  }

  @Test
  void anotherKeyDoesNotFit() {
    assertThat(key(2).hasSigned(KEY.sign(EVENT))).isFalse();
  }

  static Stream<String> attributes() {
    return Attributes.names(EVENT).stream().filter(name -> !name.equals("specversion"));
  }

  @ParameterizedTest
  @MethodSource("attributes")
  @DisplayName("A4: a signed event with an attribute changed or taken away is not verified")
  void everyAttributeIsSigned(String name) {
    // Given
    CloudEvent signed = KEY.sign(EVENT);

    // When
    CloudEvent changed = with(signed, name, other(name));
    CloudEvent without = with(signed, name, null);

    // Then
    assertThat(KEY.hasSigned(changed)).isFalse();
    assertThat(KEY.hasSigned(without)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"label", "objectowner", "partition", "aaa", "zzz", "tiphys", "tracing"})
  @DisplayName("A4: a signed event with an attribute added is not verified")
  void nothingCanBeAdded(String name) {
    assertThat(KEY.hasSigned(with(KEY.sign(EVENT), name, "x"))).isFalse();
  }

  private static String other(String name) {
    return switch (name) {
      case "time" -> "2026-11-30T06:00:00.13Z";
      case "source", "dataschema" -> "/other";
      default -> "other";
    };
  }

  /** Rebuilt from text, as a carrier reads it; null takes the attribute away. */
  private static CloudEvent with(CloudEvent event, String name, @Nullable String value) {
    CloudEventBuilder builder = CloudEventBuilder.v1();
    Map<String, String> attributes = new TreeMap<>();
    Attributes.names(event).stream()
        .forEach(n -> attributes.put(n, String.valueOf(Attributes.value(event, n))));
    attributes.remove("specversion");
    if (value == null) {
      attributes.remove(name);
      if (name.equals("id") || name.equals("source") || name.equals("type")) {
        attributes.put(name, "none");
      }
    } else {
      attributes.put(name, value);
    }
    attributes.forEach(builder::withContextAttribute);
    return builder.withData(event.getData()).build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tamperings")
  void tamperingBreaksIt(String what, UnaryOperator<CloudEventBuilder> tampering) {
    // Given
    CloudEvent signed = KEY.sign(EVENT);

    // When
    CloudEvent tampered = tampering.apply(CloudEventBuilder.from(signed)).build();

    // Then
    assertThat(KEY.hasSigned(tampered)).as(what).isFalse();
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        tampering("data", e -> e.withData("{}".getBytes(StandardCharsets.UTF_8))),
        tampering("no data", CloudEventBuilder::withoutData),
        tampering("the signature", e -> e.withExtension(Attributes.SIGNATURE, "00")),
        // names and values are one text without their lengths
        tampering(
            "a name that ends elsewhere",
            e -> e.withoutExtension("shift").withExtension("shif", "tZürich 50%")));
  }

  @Test
  void dataThatLooksLikeAttributesCannotBecomeThem() {
    // Given: data that reads like what is signed of another attribute
    CloudEvent signed =
        KEY.sign(
            CloudEventBuilder.from(EVENT)
                .withData("7:subject5:tails0:".getBytes(StandardCharsets.UTF_8))
                .withSubject(null)
                .build());

    // When
    CloudEvent moved = CloudEventBuilder.from(signed).withSubject("tails").withoutData().build();

    // Then
    assertThat(KEY.hasSigned(signed)).isTrue();
    assertThat(KEY.hasSigned(moved)).isFalse();
  }

  @Test
  void halfACharacterIsNotTheQuestionMarkThatItIsWrittenAs() {
    // Given
    CloudEvent signed = KEY.sign(CloudEventBuilder.from(EVENT).withSubject("who?").build());

    // When
    CloudEvent swapped = CloudEventBuilder.from(signed).withSubject("who\ud83c").build();

    // Then
    assertThat(KEY.hasSigned(swapped)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-30T06:00:00.12Z",
        "2026-11-30T08:00:00.12+02:00",
        "2026-11-30T00:30:00.120000000-05:30"
      })
  void oneInstantInOtherWordsIsVerified(String time) {
    // Given
    CloudEvent signed = KEY.sign(EVENT);

    // When
    CloudEvent carried =
        CloudEventBuilder.from(signed).withTime(OffsetDateTime.parse(time)).build();

    // Then
    assertThat(KEY.hasSigned(carried)).isTrue();
  }

  @Test
  void whatCarriersAddBreaksNothing() {
    // Given
    CloudEvent signed = KEY.sign(EVENT);

    // When
    CloudEvent passed =
        CloudEventBuilder.from(signed)
            .withExtension("knativearrivaltime", "2026-11-30T06:00:01Z")
            .withExtension("knativeerrorcode", 503)
            .withExtension("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .withExtension("tracestate", "a=b")
            .withExtension(Attributes.PLAN, "coinflip-0123456789")
            .build();

    // Then
    assertThat(KEY.hasSigned(passed)).isTrue();
    assertThat(Attributes.withoutCarriers(passed)).isEqualTo(signed);
  }

  @Test
  void isTheDocumentedHmac() {
    // Given: what the Python of docs/sidecars.md gives
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/s"))
            .withType("t")
            .withTime(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
            .withExtension(Attributes.RUN, "r")
            .withData("x".getBytes(StandardCharsets.UTF_8))
            .build();
    SigningKey key = SigningKey.parse("7." + "A".repeat(43)).orElseThrow();

    // When
    CloudEvent signed = key.sign(event);

    // Then
    assertThat(signed.getExtension(Attributes.SIGNATURE))
        .isEqualTo("v2.7.f3780535e3654eb61ee6e86a19c4e0b29c84a3bae748d80952d3b40c81799ffc");
  }

  @Test
  void aSignatureOfOtherRulesHasNoVersion() {
    // Given
    CloudEvent old =
        CloudEventBuilder.from(EVENT).withExtension(Attributes.SIGNATURE, "f7".repeat(32)).build();

    // Then
    assertThat(Signature.version(old)).isEmpty();
    assertThat(Signature.version(KEY.sign(EVENT))).contains(1);
  }

  private static Arguments tampering(String what, UnaryOperator<CloudEventBuilder> how) {
    return Arguments.of(what, how);
  }
}
