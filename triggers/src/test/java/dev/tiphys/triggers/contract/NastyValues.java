package dev.tiphys.triggers.contract;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Values that an attribute can have and that a careless carrier changes. */
public final class NastyValues {
  private NastyValues() {}

  public static Stream<String> values() {
    return Stream.of(
        "gr\u00f6\u00dfe",
        "Z\u00fcrich",
        "a%41b",
        "50%20off",
        "50%2520off",
        "100%",
        "%",
        "%zz",
        "%C0%A0",
        "two words",
        " blanks around ",
        "   ",
        "\"quoted\"",
        "\"",
        "say \"hi\"",
        "back\\slash",
        "a\\\"b",
        "(no comment)",
        "a,b;c=d",
        "a: b",
        "\u20ac \ud83d\ude00 \ud83c\uddea\ud83c\uddfa",
        "e\u0301",
        "\u65e5\u672c\u8a9e",
        "\u05e9\u05dc\u05d5\u05dd\u200f",
        "\ufeffbom",
        "\u00a0",
        "\u00c3\u00b6",
        "\ufffd",
        "null",
        "true",
        "x".repeat(5_000));
  }

  /** An event with the value wherever there can be text. */
  public static CloudEvent event(String value) {
    return CloudEventBuilder.v1()
        .withId("id " + value)
        .withSource(URI.create("/test"))
        .withType("type " + value)
        .withSubject(value)
        .withExtension("shift", value)
        .withExtension("shift2", value + value)
        .withData("application/json", "{\"n\":1.10}".getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
