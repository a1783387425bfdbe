package dev.tiphys.functions.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in a process of its own, over HTTP. */
@Timeout(60)
class FunctionsApplicationTest {
  private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");
  private static final int SIGTERM_EXIT = 143;

  @TempDir private Path plans;
  private @Nullable Process process;

  @AfterEach
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void beginsARunForABeginEventOverHttp() throws Exception {
    // Given
    Plan plan = plan();
    Files.writeString(plans.resolve("hello.json"), plan.toJson());
    URI begin =
        URI.create("http://127.0.0.1:" + startAndAwaitPort() + Reaction.BEGIN.path(plan.id()));

    try (HttpClient client = HttpClient.newHttpClient()) {
      // When
      HttpResponse<String> response = client.send(beginEvent(begin), BodyHandlers.ofString());

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("ce-type")).hasValue(EventTypes.RUN_CHANGED);
      assertThat(response.headers().firstValue("ce-workflow")).hasValue("hello");
      assertThat(response.headers().firstValue("ce-workflowrun")).isPresent();

      // When
      HttpResponse<String> again = client.send(beginEvent(begin), BodyHandlers.ofString());

      // Then
      assertThat(again.headers().firstValue("ce-workflowrun"))
          .isEqualTo(response.headers().firstValue("ce-workflowrun"));
    }
  }

  @Test
  void refusesABeginEventOfAPlanThatIsNotThere() throws Exception {
    // Given
    URI begin = URI.create("http://127.0.0.1:" + startAndAwaitPort() + "/begin/nothing-1");

    try (HttpClient client = HttpClient.newHttpClient()) {
      // When
      HttpResponse<String> response = client.send(beginEvent(begin), BodyHandlers.ofString());

      // Then
      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("application/problem+json");
    }
  }

  @Test
  void stopsInOrderOnSigterm() throws Exception {
    // Given
    Process started = start(Map.of("PORT", "0"));
    BufferedReader output = started.inputReader(UTF_8);
    awaitLine(output, Pattern.compile("ready$"));

    // When
    // not the process's own destroy(): that closes its output
    started.toHandle().destroy();

    // Then
    assertThat(output.lines().collect(Collectors.joining("\n"))).contains("stopped");
    assertThat(started.waitFor()).isEqualTo(SIGTERM_EXIT);
  }

  @Test
  void logsInJsonUntilItsEnd() throws Exception {
    // Given
    Process started = start(Map.of("PORT", "0", "TIPHYS_LOG", "json"));
    BufferedReader output = started.inputReader(UTF_8);
    awaitLine(output, Pattern.compile("\"message\":\"ready\""));

    // When
    started.toHandle().destroy();

    // Then
    List<String> lines = output.lines().toList();
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      assertThat(Json.parse(line.getBytes(UTF_8)).path("level").asText()).isEqualTo("INFO");
    }
    assertThat(lines.getLast()).contains("\"message\":\"stopped\"");
  }

  @Test
  void tellsAllThatIsWrongWithItsSettingsAndDoesNotStart() throws Exception {
    // When
    Process started = start(Map.of("PORT", "http", "TIPHYS_CLUSTER", "moon", "TIPHYS_LOG", "xml"));

    // Then
    assertThat(started.inputReader(UTF_8).lines().collect(Collectors.joining("\n")))
        .contains("PORT is http", "TIPHYS_CLUSTER is moon", "TIPHYS_LOG is xml")
        .doesNotContain("listening");
    assertThat(started.waitFor()).isEqualTo(2);
  }

  @Test
  void doesNotStartWithAPlanThatIsNone() throws Exception {
    // Given
    Files.writeString(plans.resolve("a.json"), "{");
    Files.writeString(plans.resolve("b.json"), "[]");

    // When
    Process started = start(Map.of("PORT", "0"));

    // Then
    assertThat(started.inputReader(UTF_8).lines().collect(Collectors.joining("\n")))
        .contains("a.json is no plan", "b.json is no plan");
    assertThat(started.waitFor()).isEqualTo(2);
  }

  private int startAndAwaitPort() throws IOException {
    Matcher line = awaitLine(start(Map.of("PORT", "0")).inputReader(UTF_8), LISTENING);
    return Integer.parseInt(line.group(1));
  }

  private Process start(Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FunctionsApplication.class.getName());
    builder.environment().put("TIPHYS_PLANS", plans.toString());
    builder.environment().putAll(settings);
    process = builder.redirectErrorStream(true).start();
    return process;
  }

  private static Matcher awaitLine(BufferedReader output, Pattern pattern) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("it ended without saying " + pattern + ":\n" + seen);
  }

  private static HttpRequest beginEvent(URI address) {
    return HttpRequest.newBuilder(address)
        .header("Ce-Id", "begin-1")
        .header("Ce-Source", "/curl")
        .header("Ce-Type", EventTypes.RUN_BEGIN)
        .header("Ce-Specversion", "1.0")
        .POST(BodyPublishers.noBody())
        .build();
  }

  private static Plan plan() {
    Work container =
        new Work.Container("alpine:3.6", List.of(Text.literal("true")), List.of(), new TreeMap<>());
    TaskTemplate task =
        new TaskTemplate("greet", List.of(), container, List.of(), null, ConcurrencyPolicy.ALLOW);
    Step step = new Step("greet", "greet", new TreeMap<>(), null, false);
    StepsTemplate main = new StepsTemplate("main", List.of(), List.of(List.of(step)));
    return new Plan(
        "hello",
        "hello-",
        "main",
        List.of(),
        null,
        new TreeMap<>(Map.of("greet", task, "main", main)),
        List.of());
  }
}
