package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunTest {
  private static final Plan SLOW =
      plan(
          """
            - name: main
              container: {image: alpine, command: [sleep, "60"]}
          """);
  private static final Plan QUICK =
      plan(
          """
            - name: main
              container: {image: alpine, command: ["true"]}
          """);
  private static final String SLEEPERS =
      """
        - name: one
          container: {image: alpine, command: [sleep, "60"]}
        - name: two
          container: {image: alpine, command: [sleep, "60"]}
      """;
  private static final Plan TWO_STEPS =
      plan(
          """
            - name: main
              steps: [[{name: one, template: one}], [{name: two, template: two}]]
          """
              + SLEEPERS);
  private static final Plan TWO_AT_ONCE =
      plan(
          """
            - name: main
              steps: [[{name: one, template: one}, {name: two, template: two}]]
          """
              + SLEEPERS,
          "  parallelism: 1\n");
  private static final Plan BY_EVENTS =
      plan(
          """
            - name: main
              steps: [[{name: speak, template: speak}, {name: greet, template: greet}]]
            - name: speak
              container: {image: alpine, command: [sh, -c], args: ["echo Argo; sleep 60"]}
              sidecars: [{name: w, image: tiphys/stdoutwatcher, parameters: {name: said}}]
            - name: greet
              inputs:
                parameters:
                  - name: who
                    valueFrom:
                      eventParameter:
                        metadata: {kind: Event, name: said}
                        objectField: content
                        eventPolicy: create
              container: {image: alpine, command: [sleep, "60"]}
          """);

  private static Plan plan(String templates) {
    return plan(templates, "");
  }

  private static Plan plan(String templates, String more) {
    return Objects.requireNonNull(
        Compiler.compile(
                "slow.yaml",
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {generateName: slow-}
                spec:
                  entrypoint: main
                  templates:
                """
                    + templates.indent(2)
                    + more)
            .value());
  }

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path work;

  @Test
  void goesOnWhenSomebodyPostsABeginEventThatBeginsNothing() throws Exception {
    try (LocalRun run = open(0)) {
      // Given
      run.begin(Map.of());

      // When
      Stranger.post(run, EventTypes.RUN_BEGIN, "no JSON");
      while (run.view().warnings().isEmpty()) {
        Thread.sleep(Duration.ofMillis(10));
      }

      // Then
      assertThat(run.await(Duration.ofMillis(1))).isInstanceOf(Ending.TimedOut.class);
    }
  }

  @Test
  @DisplayName("A1: who posts a begin event before the command's own does not take its place")
  void awaitsItsOwnRunThoughAStrangersHasBegunAndEnded() throws Exception {
    // Given
    try (LocalRun run = open(QUICK)) {
      Stranger.post(run, EventTypes.RUN_BEGIN, "{}");
      await(() -> run.view().runs().stream().anyMatch(it -> it.phase().complete()));

      // When
      boolean goesOn = Stranger.post(run, EventTypes.RUN_BEGIN, "no JSON").statusCode() == 422;
      run.begin(Map.of());
      Ending ending = run.await(DEADLINE);

      // Then
      assertThat(goesOn).isTrue();
      assertThat(ending).isEqualTo(new Ending.Complete());
      assertThat(run.view().runs())
          .extracting(RunView::phase)
          .containsExactly(Phase.SUCCEEDED, Phase.SUCCEEDED);
    }
  }

  @Test
  void isInErrorAndSaysWhyWhenItCannotBegin() throws Exception {
    try (LocalRun run = open(0)) {
      // When
      run.begin(Map.of("color", "red"));

      // Then
      assertThat(run.await(DEADLINE)).isEqualTo(new Ending.Complete());
      assertThat(run.view().runs())
          .extracting(RunView::phase, RunView::message)
          .containsExactly(tuple(Phase.ERROR, "the workflow has no parameter `color`"));
    }
  }

  @Test
  void leavesNoFolderBehindWhenItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When // Then
      assertThatThrownBy(() -> open(taken.getLocalPort())).isInstanceOf(IOException.class);
      assertThat(work).isEmptyDirectory();
    }
  }

  @Test
  @DisplayName("D5: Ctrl-C in step 1 of 2 is Failed everywhere, and step 2 is nowhere")
  void failsAsAWholeWhenItIsInterruptedInItsFirstStep() throws Exception {
    try (LocalRun run = open(TWO_STEPS)) {
      // Given
      run.begin(Map.of());
      awaitRunning(run, "one");

      // When
      Outcome outcome = interrupt(run);

      // Then
      RunView view = only(run);
      assertThat(outcome).isEqualTo(new Outcome(130, "interrupted"));
      assertThat(view.phase()).isEqualTo(Phase.FAILED);
      assertThat(view.message()).isEqualTo("interrupted");
      assertThat(view.steps())
          .extracting(RunView.StepView::name, RunView.StepView::phase)
          .containsExactly(tuple("main", Phase.FAILED), tuple("one", Phase.STOPPED));
      assertThat(tally(view, "one")).isEqualTo(new Tally(1, 0, 0, 1, 0));
      assertThat(tally(view, "two")).isEqualTo(Tally.ZERO);
    }
  }

  @Test
  @DisplayName("D5: a step that waits for room was never begun, and so is not counted as stopped")
  void doesNotCountAStepThatOnlyWaitedForRoom() throws Exception {
    try (LocalRun run = open(TWO_AT_ONCE)) {
      // Given
      run.begin(Map.of());
      awaitRunning(run, "one");

      // When
      interrupt(run);

      // Then
      RunView view = only(run);
      assertThat(tally(view, "one").stopped() + tally(view, "two").stopped()).isEqualTo(1);
      assertThat(view.phase()).isEqualTo(Phase.FAILED);
    }
  }

  @Test
  @DisplayName("D5: an interrupt while events start tasks starts no more of them")
  void startsNothingMoreByEventsOnceInterrupted() throws Exception {
    try (LocalRun run = open(BY_EVENTS)) {
      // Given
      run.begin(Map.of());
      awaitRunning(run, "greet");

      // When
      interrupt(run);

      // Then
      RunView view = only(run);
      assertThat(view.phase()).isEqualTo(Phase.FAILED);
      assertThat(view.steps())
          .extracting(RunView.StepView::name, RunView.StepView::phase)
          .containsExactly(
              tuple("main", Phase.FAILED),
              tuple("greet", Phase.STOPPED),
              tuple("speak", Phase.STOPPED));
      assertThat(tally(view, "greet").succeeded()).isZero();
    }
  }

  @Test
  @DisplayName("D5: an interrupt before the run has begun begins nothing")
  void beginsNothingOnceInterrupted() throws Exception {
    try (LocalRun run = open(TWO_STEPS)) {
      // Given
      run.interrupt();

      // When
      Ending ending =
          new RunSession(run, new PlainProgress(new PrintWriter(new StringWriter())))
              .conduct(Map.of(), null);

      // Then
      assertThat(ending).isEqualTo(new Ending.Interrupted());
      assertThat(run.view().runs()).isEmpty();
    }
  }

  @Test
  @DisplayName("D5: an interrupt after the end changes nothing of it")
  void staysSucceededWhenTheInterruptComesTooLate() throws Exception {
    try (LocalRun run = open(QUICK)) {
      // Given
      run.begin(Map.of());
      run.await(DEADLINE);

      // When
      Outcome outcome = interrupt(run);

      // Then
      assertThat(outcome).isEqualTo(new Outcome(0, ""));
      assertThat(only(run).phase()).isEqualTo(Phase.SUCCEEDED);
    }
  }

  private static Outcome interrupt(LocalRun run) throws InterruptedException {
    run.interrupt();
    Ending ending = run.await(DEADLINE);
    run.stop();
    return Outcome.of(ending, List.of(only(run).phase()), 0, run.accounts().balanced());
  }

  private static void awaitRunning(LocalRun run, String task) throws InterruptedException {
    await(() -> run.view().runs().stream().anyMatch(view -> running(view, task)));
  }

  private static boolean running(RunView view, String task) {
    return counts(view, task).active() > 0 && tally(view, task).started() > 0;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + DEADLINE.toNanos(); !condition.getAsBoolean(); ) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  private static RunView only(LocalRun run) {
    List<RunView> runs = run.view().runs();
    assertThat(runs).hasSize(1);
    return runs.getFirst();
  }

  private static TaskCounts counts(RunView view, String task) {
    return Objects.requireNonNull(view.tasks().get(task));
  }

  private static Tally tally(RunView view, String task) {
    return counts(view, task).tally();
  }

  private LocalRun open(Plan plan) throws IOException {
    return LocalRun.open(
        plan, new LocalRun.Settings(work, false, 0, GRACE, System.getenv()), RunListener.NONE);
  }

  private LocalRun open(int port) throws IOException {
    return LocalRun.open(
        SLOW, new LocalRun.Settings(work, false, port, GRACE, System.getenv()), RunListener.NONE);
  }
}
