package dev.tiphys.functions.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.LoggedLines;
import dev.tiphys.triggers.plan.Routes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

  private void bury(String id, String source, String type, String code) throws Exception {
    HttpRequest letter =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + front.port() + Routes.DEAD_LETTER_PATH))
            .headers("ce-specversion", "1.0", "ce-id", id, "ce-source", source, "ce-type", type)
            .header("ce-knativeerrorcode", code)
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(client.send(letter, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
  }
}
