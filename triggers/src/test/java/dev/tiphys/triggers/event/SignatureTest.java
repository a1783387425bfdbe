package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.contract.Events;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureTest {
  private static final byte[] KEY = "the run's key".getBytes(StandardCharsets.UTF_8);

  private static final CloudEvent EVENT =
      Events.builder("coin", "1")
          .withSubject("heads")
          .withExtension(Attributes.RUN, "coinflip-1")
          .withExtension(Attributes.SEQUENCE, "000000000001")
          .build();

  @Test
  void whatWasSignedIsVerified() {
    assertThat(Signature.verify(Signature.sign(EVENT, KEY), KEY)).isTrue();
  }

  @Test
  void signingAgainChangesNothing() {
    CloudEvent signed = Signature.sign(EVENT, KEY);

    assertThat(Signature.sign(signed, KEY)).isEqualTo(signed);
  }

  @Test
  void anUnsignedEventIsNotVerified() {
    assertThat(Signature.verify(EVENT, KEY)).isFalse();
  }

  @Test
  void anotherRunsKeyDoesNotFit() {
    byte[] other = "another run's key".getBytes(StandardCharsets.UTF_8);

    assertThat(Signature.verify(Signature.sign(EVENT, KEY), other)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tamperings")
  void tamperingBreaksIt(String what, UnaryOperator<CloudEventBuilder> tampering) {
    // Given
    CloudEvent signed = Signature.sign(EVENT, KEY);

    // When
    CloudEvent tampered = tampering.apply(CloudEventBuilder.from(signed)).build();

    // Then
    assertThat(Signature.verify(tampered, KEY)).as(what).isFalse();
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        tampering("id", e -> e.withId("2")),
        tampering("source", e -> e.withSource(URI.create("/other"))),
        tampering("type", e -> e.withType("stopsignal")),
        tampering("subject", e -> e.withSubject("tails")),
        tampering("no subject", e -> e.withSubject(null)),
        tampering("run", e -> e.withExtension(Attributes.RUN, "coinflip-2")),
        tampering("no run", e -> e.withoutExtension(Attributes.RUN)),
        tampering("sequence", e -> e.withExtension(Attributes.SEQUENCE, "000000000002")),
        tampering("end of stream", e -> e.withExtension(Attributes.END_OF_STREAM, "true")),
        tampering("data", e -> e.withData("{}".getBytes(StandardCharsets.UTF_8))),
        tampering("no data", CloudEventBuilder::withoutData),
        tampering("the signature", e -> e.withExtension(Attributes.SIGNATURE, "00")),
        tampering(
            "a line moved to the next attribute",
            e -> e.withId("1\nsource:/contract").withSource(URI.create(""))));
  }

  @Test
  void whatABrokerAddsBreaksNothing() {
    // Given
    CloudEvent signed = Signature.sign(EVENT, KEY);

    // When
    CloudEvent passed =
        CloudEventBuilder.from(signed)
            .withExtension("knativeerrorcode", 503)
            .withExtension(Attributes.PARTITION_KEY, "coinflip-1")
            .build();

    // Then
    assertThat(Signature.verify(passed, KEY)).isTrue();
  }

  @Test
  void isTheDocumentedHmac() {
    // Given: printf
    // 'id:1\nsource:/s\ntype:t\nsubject:\nworkflowrun:r\nsequence:\nendofstream:\n\nx'
    //   | openssl dgst -sha256 -hmac key
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("1")
            .withSource(URI.create("/s"))
            .withType("t")
            .withExtension(Attributes.RUN, "r")
            .withData("x".getBytes(StandardCharsets.UTF_8))
            .build();

    // When
    CloudEvent signed = Signature.sign(event, "key".getBytes(StandardCharsets.UTF_8));

    // Then
    assertThat(signed.getExtension(Attributes.SIGNATURE))
        .isEqualTo("7093b4a2d1fbba3f561ff3a17d1d330d9a646fda922e2b779ce989139b4f5f21");
  }

  private static Arguments tampering(String what, UnaryOperator<CloudEventBuilder> how) {
    return Arguments.of(what, how);
  }
}
