package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A1: what somebody who reaches a local run's broker can begin. */
class LocalBeginTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** One parameter comes to code, the other to a file. */
  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: greet-}
      spec:
        entrypoint: main
        arguments: {parameters: [{name: who, value: you}, {name: goods, value: cake}]}
        templates:
          - name: main
            steps: [[{name: hello, template: hello}], [{name: sell, template: sell, arguments: {parameters: [{name: goods, value: "{{workflow.parameters.goods}}"}]}}]]
          - name: hello
            script: {image: alpine, command: [sh], source: "echo hello {{workflow.parameters.who}}"}
          - name: sell
            inputs: {parameters: [{name: goods}]}
            container: {image: alpine, command: [sh, -c], args: ["until [ -e SHUT ]; do sleep 0.05; done; echo $TIPHYS_PARAM_GOODS >> OUT"]}
      """;

  @TempDir private Path work;

  @Test
  @DisplayName("A1: a post that sets a parameter which comes to code is refused and begins nothing")
  void a1APostThatSetsAParameterWhichComesToCodeIsRefused() throws Exception {
    // Given
    Path seen = work.resolve("seen");
    try (LocalRun run = open()) {
      run.begin(Map.of());

      // When
      HttpResponse<String> answer =
          Stranger.post(
              run,
              EventTypes.RUN_BEGIN,
              "{\"parameters\": {\"who\": \"x; touch " + seen + "; echo\"}}");

      // Then
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(answer.body()).contains("`who`", "`hello`");
      finish(run);
      assertThat(seen).doesNotExist();
      assertThat(run.view().warnings())
          .anySatisfy(line -> assertThat(line).contains("1 event refused", "`who`"));
    }
  }

  @Test
  @DisplayName("A1: a post that sets a harmless parameter begins a run")
  void a1APostThatSetsAHarmlessParameterBeginsARun() throws Exception {
    // Given
    try (LocalRun run = open()) {
      run.begin(Map.of());

      // When
      HttpResponse<String> answer =
          Stranger.post(
              run, EventTypes.RUN_BEGIN, "{\"parameters\": {\"goods\": \"bread; $(id)\"}}");

      // Then
      assertThat(answer.statusCode()).isEqualTo(202);
      finish(run);
      assertThat(lines()).containsExactlyInAnyOrder("cake", "bread; $(id)");
    }
  }

  @Test
  @DisplayName("A1: the command's own begin sets every parameter")
  void a1TheCommandsOwnBeginSetsEveryParameter() throws Exception {
    // Given
    Path seen = work.resolve("seen");
    try (LocalRun run = open()) {
      // When
      run.begin(Map.of("who", "x; touch " + seen + "; echo"));
      finish(run);

      // Then
      assertThat(seen).exists();
    }
  }

  /** The runs go on until the posts are answered. */
  private void finish(LocalRun run) throws IOException, InterruptedException {
    Files.createFile(work.resolve("shut"));
    run.await(DEADLINE);
  }

  private List<String> lines() throws IOException {
    Path out = work.resolve("out");
    return Files.exists(out) ? Files.readAllLines(out) : List.of();
  }

  private LocalRun open() throws IOException {
    String text =
        WORKFLOW
            .replace("OUT", work.resolve("out").toString())
            .replace("SHUT", work.resolve("shut").toString());
    Plan plan = Objects.requireNonNull(Compiler.compile("greet.yaml", text).value());
    return LocalRun.open(
        plan,
        new LocalRun.Settings(work, false, 0, Duration.ofSeconds(1), System.getenv()),
        RunListener.NONE);
  }
}
