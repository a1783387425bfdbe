package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.options.OutputFormat;
import dev.tiphys.cli.run.view.EventCount;
import dev.tiphys.cli.run.view.RunView;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
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
            "{\"run\":\"a-1\",\"phase\":\"Succeeded\",\"message\":\"\",\"tasks\":{},\"missed\":{\"late\":2,\"early\":1},\"fates\":{\"start"
                + " main/b\":{\"early\":1},\"stop"
                + " a\":{\"late\":2}},\"events\":{\"coin\":3},\"seconds\":1.5,\"dropped\":{\"unsigned\":0,\"loops\":0,\"undelivered\":0,\"unusable\":{}},\"accounts\":{\"taken\":0,\"accounted\":0,\"duplicates\":0,\"unheard\":{},\"inNoRun\":{},\"lost\":[]}}",
            "{\"run\":\"a-2\",\"phase\":\"Error\",\"message\":\"it is too"
                + " large\",\"tasks\":{},\"missed\":{\"late\":2,\"early\":1},\"fates\":{\"start"
                + " main/b\":{\"early\":1},\"stop"
                + " a\":{\"late\":2}},\"events\":{\"coin\":3},\"seconds\":1.5,\"dropped\":{\"unsigned\":0,\"loops\":0,\"undelivered\":0,\"unusable\":{}},\"accounts\":{\"taken\":0,\"accounted\":0,\"duplicates\":0,\"unheard\":{},\"inNoRun\":{},\"lost\":[]}}");
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
  @DisplayName("B1: books that do not balance are told, with the events, and have an exit code")
  void tellsWhatIsNotAccountedFor() {
    // Given
    RunReport.Accounts accounts =
        new RunReport.Accounts(
            2,
            1,
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            List.of("order 17 of /me: nothing became of it"));
    // When
    int exitCode =
        tell(List.of(run("a-1", Phase.SUCCEEDED, "")), new Ending.Complete(), 0, accounts);

    // Then
    assertThat(exitCode).isEqualTo(76);
    assertThat(people.toString())
        .contains("! the books do not balance: 2 events were taken, 1 are accounted for")
        .contains("  order 17 of /me: nothing became of it");
    assertThat(out.toString()).contains("\"taken\":2,\"accounted\":1");
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
    return tell(runs, ending, undelivered, RunReport.Accounts.NONE);
  }

  private int tell(
      List<RunView> runs, Ending ending, long undelivered, RunReport.Accounts accounts) {
    RunReport.Dropped dropped = new RunReport.Dropped(0, 0, undelivered, new TreeMap<>());
    return new RunEnd(
            runs,
            ending,
            dropped,
            accounts,
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
        Fates.NONE.with("stop a", Fate.LATE, 2).with("start main/b", Fate.EARLY),
        List.of(new EventCount("coin", 3, 0)));
  }
}
