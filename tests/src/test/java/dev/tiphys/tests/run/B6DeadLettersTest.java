package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.TiphysCommand;
import dev.tiphys.cli.run.LocalRun;
import dev.tiphys.cli.run.RunListener;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.tests.Workflows;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An event that a workflow could not use, and can when the workflow has been put right. */
class B6DeadLettersTest {
  private static final Pattern BROKER = Pattern.compile("(?m)^broker {2}(http\\S+)$");
  private static final Pattern FOLDER = Pattern.compile("(?m)^folder {2}(\\S+)$");

  @TempDir Path work;

  private record Call(int exitCode, String text) {}

  private static Call tiphys(String... words) {
    StringWriter text = new StringWriter();
    CommandLine command = TiphysCommand.commandLine(Map.of());
    command.setOut(new PrintWriter(text, true));
    command.setErr(new PrintWriter(text, true));
    int exitCode = command.execute(words);
    return new Call(exitCode, text.toString());
  }

  @Test
  @DisplayName(
      "B6: an unusable event is kept with its data, and starts its task when published again")
  void b6AnUnusableEventStartsItsTaskWhenPublishedAgain() throws Exception {
    // Given: a run that could not use an order
    String folder = runThatCannotUse("17", "{\"goods\": \"1.10 kg of bread\"}");

    // When
    Call listed = tiphys("dead-letters", "list", "--folder", folder);
    Call shown = tiphys("dead-letters", "show", "17", "--folder", folder);
    List<CloudEvent> published = new CopyOnWriteArrayList<>();
    Summary end = runOfThePutRight(folder, published);

    // Then
    assertThat(listed.text()).contains("order", "17", "/me", "422");
    assertThat(shown.text()).contains("`amount`", "{\"goods\": \"1.10 kg of bread\"}");
    assertThat(published.stream().map(EventKey::of)).contains(new EventKey("/me", "17"));
    assertThat(end.tasks().get("handle")).isNotNull();
    assertThat(Objects.requireNonNull(end.tasks().get("handle")).tally().succeeded()).isEqualTo(1);
    assertThat(tiphys("dead-letters", "list", "--folder", folder).text())
        .contains("no dead letters");
  }

  /** Gives the run's folder. */
  private String runThatCannotUse(String id, String data) throws Exception {
    try (TiphysProcess tiphys =
        TiphysProcess.run(work, Workflows.SHOP.replace("FIELD", "amount"))) {
      ExampleRun.until("the broker is there", () -> BROKER.matcher(tiphys.output()).find());
      URI broker = URI.create(found(BROKER, tiphys.output()));
      ExampleRun.until("the run takes events", () -> post(broker, "order", id, data) == 202);
      assertThat(post(broker, "order", "18", "{\"amount\": \"2\"}")).isEqualTo(202);
      assertThat(post(broker, "closing", "19", "{}")).isEqualTo(202);
      assertThat(tiphys.end(ExampleRun.DEADLINE)).as(tiphys.output()).isZero();
      assertThat(tiphys.output()).contains("tiphys dead-letters list --folder");
      return found(FOLDER, tiphys.output());
    }
  }

  /** Publishes the order to a run of the workflow that can use it. */
  private Summary runOfThePutRight(String folder, List<CloudEvent> published) throws Exception {
    Plan plan =
        Objects.requireNonNull(
            Compiler.compile("shop.yaml", Workflows.SHOP.replace("FIELD", "goods")).value());
    LocalRun.Settings settings =
        new LocalRun.Settings(
            Files.createDirectory(work.resolve("fresh")),
            false,
            0,
            Duration.ofSeconds(2),
            System.getenv());
    RunListener listener =
        new RunListener() {
          @Override
          public void published(CloudEvent event) {
            published.add(event);
          }
        };
    try (LocalRun run = LocalRun.open(plan, settings, listener)) {
      run.begin(Map.of());
      ExampleRun.until("the shop is open", () -> counts(run, "shop").active() == 1);
      Call call =
          tiphys(
              "dead-letters",
              "publish",
              "17",
              "--folder",
              folder,
              "--broker-url",
              run.address().toString());
      assertThat(call.exitCode()).as(call.text()).isZero();
      ExampleRun.until("it is handled", () -> counts(run, "handle").tally().succeeded() == 1);
      post(run.address(), "closing", "20", "{}");
      run.await(ExampleRun.DEADLINE);
      run.stop();
      return run.summaries().getFirst();
    }
  }

  private static TaskCounts counts(LocalRun run, String task) {
    return run.summaries().stream()
        .findFirst()
        .map(it -> it.tasks().getOrDefault(task, TaskCounts.ZERO))
        .orElse(TaskCounts.ZERO);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static int post(URI broker, String type, String id, String data) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest event =
          HttpRequest.newBuilder(broker)
              .headers("ce-specversion", "1.0", "ce-id", id, "ce-source", "/me", "ce-type", type)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(data))
              .build();
      return client.send(event, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
