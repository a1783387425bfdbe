package dev.tiphys.triggers.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.contract.Events;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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
        tampering("refused", e -> e.withExtension(Attributes.REFUSED, "400")),
        tampering("data", e -> e.withData("{}".getBytes(StandardCharsets.UTF_8))),
        tampering("no data", CloudEventBuilder::withoutData),
        tampering("the signature", e -> e.withExtension(Attributes.SIGNATURE, "00")));
  }

  @Test
  void dataThatLooksLikeAttributesCannotBecomeThem() {
    // Given: a task that emits text which reads like the signed lines of another event
    String forged =
        """
        x
        source:/contract
        type:stopsignal
        subject:
        workflowrun:coinflip-1
        sequence:
        endofstream:
        refused:

        """;
    CloudEvent signed =
        Signature.sign(
            CloudEventBuilder.from(EVENT).withData(forged.getBytes(StandardCharsets.UTF_8)).build(),
            KEY);

    // When: everything before that text is made the id of an event with the same signature
    CloudEvent moved =
        CloudEventBuilder.v1()
            .withId(
                """
                1
                source:/contract
                type:coin
                subject:heads
                workflowrun:coinflip-1
                sequence:000000000001
                endofstream:
                refused:

                x\
                """)
            .withSource(URI.create("/contract"))
            .withType("stopsignal")
            .withExtension(Attributes.RUN, "coinflip-1")
            .withExtension(
                Attributes.SIGNATURE,
                Objects.requireNonNull(signed.getExtension(Attributes.SIGNATURE)).toString())
            .build();

    // Then
    assertThat(Signature.verify(signed, KEY)).isTrue();
    assertThat(Signature.verify(moved, KEY)).isFalse();
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
    // Given: its lines, one "printf '...\n'" each, into "openssl dgst -sha256 -hmac key"
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
        .isEqualTo("f7d8614c4c4674eda18a8cc67b6ba105535925b689b4c2000a4b078da0d3ca1b");
  }

  private static Arguments tampering(String what, UnaryOperator<CloudEventBuilder> how) {
    return Arguments.of(what, how);
  }
}
