package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.LoggedLines;
import dev.tiphys.functions.deadletter.Refusal;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.plan.Routes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private final LoggedLines lines = LoggedLines.of(HttpFront.class.getName());
  private final Metrics metrics = new Metrics();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpFront front;

  @BeforeEach
  void open() throws Exception {
    front = HttpFront.open(0, new CompletableFuture<>(), () -> true, metrics);
  }

  @AfterEach
  void close() {
    lines.close();
    client.close();
    front.close();
  }

  @Test
  void whoeverVariesThemGetsOneLineAMinuteAndACountOfEach() throws Exception {
    // When
    for (int n = 0; n < 20; n++) {
      bury("id-" + n, "/source-" + n, "type-" + n, "422");
    }

    // Then
    assertThat(lines.all())
        .singleElement()
        .isEqualTo("dead letter id-0 of /source-0, type type-0: 422");
    assertThat(new String(metrics.scrape().body(), StandardCharsets.UTF_8))
        .contains("tiphys_dead_letters_total 20.0");
  }

  @Test
  void whatASenderWritesAsTheBrokersAnswerMakesFewLines() throws Exception {
    // When
    for (int n = 0; n < 1000; n += 7) {
      bury("1", "/me", "coin", Integer.toString(n));
      bury("1", "/me", "coin", "x" + n);
    }

    // Then: those of 1xx to 5xx, and the others
    assertThat(lines.all()).hasSize(6);
  }

  @Test
  void aLineIsShortWhateverIsSent() throws Exception {
    // When
    bury("i".repeat(10_000), "/" + "s".repeat(10_000), "t".repeat(10_000), "5".repeat(10_000));

    // Then
    assertThat(lines.all())
        .singleElement()
        .satisfies(line -> assertThat(line).hasSizeLessThan(1_000));
  }

  @Test
  @DisplayName("B6: what a Trigger's path and the broker say of a dead letter is kept with it")
  void b6WhatIsSaidOfADeadLetterIsKeptWithIt() throws Exception {
    // Given
    List<String> kept = new ArrayList<>();
    reopen((plan, letter, refusal) -> kept.add(plan + " " + letter.getId() + " " + refusal));

    // When
    bury("/coinflip-1", "1", "/me", "coin", "422");

    // Then
    assertThat(kept).containsExactly("coinflip-1 1 " + new Refusal(422, "no", ""));
  }

  @Test
  @DisplayName("B6: a dead letter that cannot be kept now is to come again")
  void b6ADeadLetterThatCannotBeKeptNowIsToComeAgain() throws Exception {
    // Given
    reopen(
        (plan, letter, refusal) -> {
          throw new Unavailable("away");
        });

    // When
    int status = post("/coinflip-1", "1", "/me", "coin", "422");

    // Then
    assertThat(status).isEqualTo(503);
    assertThat(new String(metrics.scrape().body(), StandardCharsets.UTF_8))
        .contains("tiphys_dead_letters_total 0.0");
  }

  private void reopen(DeadLetterSink sink) throws Exception {
    front.close();
    front =
        HttpFront.open(
            0,
            new CompletableFuture<>(),
            CompletableFuture.completedFuture(sink),
            () -> true,
            Gate.open(metrics),
            metrics);
  }

  private void bury(String id, String source, String type, String code) throws Exception {
    bury("", id, source, type, code);
  }

  private void bury(String path, String id, String source, String type, String code)
      throws Exception {
    assertThat(post(path, id, source, type, code)).isEqualTo(202);
  }

  private int post(String path, String id, String source, String type, String code)
      throws Exception {
    HttpRequest letter =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + front.port() + Routes.DEAD_LETTER_PATH + path))
            .headers("ce-specversion", "1.0", "ce-id", id, "ce-source", source, "ce-type", type)
            .header("ce-knativeerrorcode", code)
            .header("ce-knativeerrordata", "no")
            .POST(BodyPublishers.noBody())
            .build();
    return client.send(letter, BodyHandlers.discarding()).statusCode();
  }
}
