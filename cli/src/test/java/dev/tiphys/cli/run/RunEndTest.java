package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.EventCount;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.run.Missed;
import dev.tiphys.functions.run.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunEndTest {
  private final StringWriter people = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  @DisplayName("B3: one object for each run, on a line of its own")
  void printsAnObjectForEachRun() {
    // When
    int exitCode =
        tell(
            List.of(run("a-1", Phase.SUCCEEDED, ""), run("a-2", Phase.ERROR, "it is too large")),
            new Ending.Complete(),
            0);

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"run\":\"a-1\",\"phase\":\"Succeeded\",\"message\":\"\",\"tasks\":{},\"missed\":{\"late\":2,\"early\":1},\"events\":{\"coin\":3},\"seconds\":1.5,\"dropped\":{\"unsigned\":0,\"loops\":0,\"undelivered\":0,\"unusable\":{}}}",
            "{\"run\":\"a-2\",\"phase\":\"Error\",\"message\":\"it is too"
                + " large\",\"tasks\":{},\"missed\":{\"late\":2,\"early\":1},\"events\":{\"coin\":3},\"seconds\":1.5,\"dropped\":{\"unsigned\":0,\"loops\":0,\"undelivered\":0,\"unusable\":{}}}");
    assertThat(people.toString().lines())
        .containsExactly(
            "a-1  Succeeded in 1.5 s: missed: 2 late, 1 early; events: coin 3",
            "a-2  Error in 1.5 s: missed: 2 late, 1 early; events: coin 3",
            "it is too large",
            "2 runs: 1 Succeeded, 1 Error",
            "a-2-main said last:",
            "  no luck");
  }

  @Test
  @DisplayName("B3: what was taken and not delivered in time is told, and has an exit code")
  void tellsWhatWasNotDeliveredInTime() {
    // When
    int exitCode = tell(List.of(run("a-1", Phase.SUCCEEDED, "")), new Ending.Complete(), 7);

    // Then
    assertThat(exitCode).isEqualTo(75);
    assertThat(people.toString())
        .contains("! events were lost: 7 deliveries had not ended 10 s after the runs");
    assertThat(out.toString()).contains("\"undelivered\":7");
  }

  @Test
  @DisplayName("B3: a run that was asked for and did not begin is one object beside the others")
  void tellsOfTheRunThatDidNotBegin() {
    // When
    int exitCode =
        tell(List.of(run("a-1", Phase.SUCCEEDED, "")), new Ending.Rejected("its plan is gone"), 0);

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains(
            "\"run\":\"\",\"phase\":\"Error\",\"message\":\"the run did not begin: its plan is"
                + " gone\"");
    assertThat(people.toString()).contains("the run did not begin: its plan is gone");
  }

  private int tell(List<RunView> runs, Ending ending, long undelivered) {
    RunReport.Dropped dropped = new RunReport.Dropped(0, 0, undelivered, new TreeMap<>());
    return new RunEnd(
            runs,
            ending,
            dropped,
            name -> new TreeMap<>(Map.of(name + "-main", List.of("no luck"))))
        .tell(new PrintWriter(people), OutputFormat.JSON, new PrintWriter(out));
  }

  private static RunView run(String name, Phase phase, String message) {
    return new RunView(
        name,
        phase,
        message,
        Duration.ofMillis(1500),
        List.of(),
        new TreeMap<>(),
        new Missed(2, 1),
        List.of(new EventCount("coin", 3, 0)));
  }
}
