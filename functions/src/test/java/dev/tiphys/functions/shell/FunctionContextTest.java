package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionContextTest {
  private final Map<Reaction, FakeSubscriber> subscribers = new EnumMap<>(Reaction.class);
  private final FunctionContext context = FunctionContext.open(this::subscriber);

  private FakeSubscriber subscriber(Reaction reaction) {
    return subscribers.computeIfAbsent(reaction, any -> new FakeSubscriber());
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void theCatalogHoldsTheFunctionsAndNothingElse() {
    assertThat(context.catalog().getNames(null))
        .containsExactlyInAnyOrder("begin", "start", "stop", "update", "advance");
  }

  @ParameterizedTest
  @EnumSource
  void theFunctionIsItsReactionsSubscriber(Reaction reaction) {
    // Given
    CloudEvent event = event("[1, 2]");

    // When
    Response response = context.of(reaction).apply(event);

    // Then
    assertThat(response.success()).isTrue();
    assertThat(subscriber(reaction).delivered()).containsExactly(event);
    assertThat(subscribers.values().stream().mapToInt(s -> s.delivered().size()).sum()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1, 2]", "{\"a\": 1}", "plain"})
  void theCatalogPassesEventAndAnswerThroughUntouched(String data) {
    // Given
    CloudEvent event = event(data);
    Response answer = Response.reply(event("[3]"));
    subscriber(Reaction.START).behave(e -> answer);
    Function<Object, Object> start = context.catalog().lookup("start");

    // When
    Object answered = start.apply(event);

    // Then
    assertThat(answered).isSameAs(answer);
    assertThat(subscriber(Reaction.START).delivered().getFirst()).isSameAs(event);
  }

  @Test
  void asksForARetryWhenASubscriberGivesNoAnswer() {
    // Given
    subscriber(Reaction.STOP)
        .behave(
            event -> {
              throw new IOException("connection reset");
            });

    // When
    Response response = context.of(Reaction.STOP).apply(event(""));

    // Then
    assertThat(response.status()).isEqualTo(503);
  }

  @Test
  void letsAFaultOfTheClusterThroughAsItIs() {
    // Given
    Unavailable fault = new Unavailable("away");
    subscriber(Reaction.ADVANCE)
        .behave(
            event -> {
              throw fault;
            });

    // When // Then
    assertThatThrownBy(() -> context.of(Reaction.ADVANCE).apply(event(""))).isSameAs(fault);
  }

  private static CloudEvent event(String data) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/s"))
        .withType("t")
        .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
