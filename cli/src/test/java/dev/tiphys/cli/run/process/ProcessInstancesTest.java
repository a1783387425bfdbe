package dev.tiphys.cli.run.process;

import static dev.tiphys.cli.run.process.Specs.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessInstancesTest {
  private static final Duration GRACE = Duration.ofMillis(500);

  @TempDir Path folder;
  private final List<Instance> changes = new CopyOnWriteArrayList<>();
  private ProcessInstances instances;

  @BeforeEach
  void open() {
    instances = instances(new FixedKeys());
  }

  private ProcessInstances instances(Keys keys) {
    return new ProcessInstances(
        new WorkFolder(folder, false),
        new TaskEnvironment(
            Map.of("PATH", System.getenv("PATH"), "SECRET", "hush"), Session.begin()),
        GRACE,
        new SidecarRuntime(URI.create("http://127.0.0.1:1/"), keys, InstantSource.system()),
        changes::add,
        InstantSource.system());
  }

  @AfterEach
  void close() {
    instances.close();
  }

  @Test
  void runsItsCommandAndSucceedsWithExitCodeZero() throws Exception {
    // When
    instances.create(Specs.shell("a", "echo hello"));

    // Then
    assertThat(end("a").state()).isEqualTo(State.SUCCEEDED);
    assertThat(log("a", "stdout.log")).isEqualTo("hello\n");
  }

  @Test
  void isObservedInEachStateBeforeTheListenerIsTold() throws Exception {
    // When
    instances.create(Specs.shell("a", "exit 0"));
    end("a");

    // Then
    Eventually.until("both changes", () -> changes.size() == 2);
    assertThat(changes).extracting(Instance::state).containsExactly(State.RUNNING, State.SUCCEEDED);
  }

  @Test
  void replacesAParameterOfARunningProcessAndNeverByAnOlderOne() throws Exception {
    // Given
    String untilBlue =
        """
        echo "$TIPHYS_PARAM_COLOUR $(cat "$TIPHYS_PARAMS/colour")"
        touch ready
        until [ "$(cat "$TIPHYS_PARAMS/colour")" = blue ]; do sleep 0.05; done
        echo "$TIPHYS_PARAM_COLOUR $(cat "$TIPHYS_PARAMS/colour") $(cat "$TIPHYS_PARAMS/size")"
        """;
    instances.create(
        Specs.withParameters("a", untilBlue, Map.of("colour", "red", "size", "small")));
    Eventually.until("it runs", () -> Files.exists(path("a", "ready")));

    // When
    instances.update("a", new TreeMap<>(Map.of("colour", "blue")), 2);
    instances.update("a", new TreeMap<>(Map.of("colour", "red")), 1);

    // Then
    assertThat(end("a").revision()).isEqualTo(2);
    assertThat(log("a", "stdout.log")).isEqualTo("red red\nred blue small\n");
  }

  @Test
  void letsAGatedInstanceBeginWithTheNewestParameters() throws Exception {
    // Given
    instances.create(Specs.gatedWithParameters("a", "cat $TIPHYS_PARAMS/x", Map.of("x", "old")));

    // When
    instances.update("a", new TreeMap<>(Map.of("x", "new")), 1);
    instances.openGate("a");

    // Then
    end("a");
    assertThat(log("a", "stdout.log")).isEqualTo("new");
  }

  @Test
  void namesTheExitCodeOfAFailure() throws Exception {
    // When
    instances.create(Specs.shell("a", "echo went wrong >&2; exit 3"));

    // Then
    assertThat(end("a"))
        .returns(State.FAILED, Instance::state)
        .returns("exit code 3", Instance::message)
        .returns(true, Instance::started);
    assertThat(instances.lastLinesOfFailed(RUN)).containsEntry("a", List.of("went wrong"));
  }

  @Test
  void namesTheSignalThatKilledIt() throws Exception {
    // Given
    instances.create(Specs.shell("a", "echo $$ > pid; exec sleep 60"));
    long pid = pid("a", "pid");

    // When
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    // Then
    assertThat(end("a"))
        .returns(State.FAILED, Instance::state)
        .returns("exit code 137 (killed by signal 9, SIGKILL)", Instance::message);
  }

  @Test
  void aSidecarOfTheUsersOwnHasTheContractAndEndsAfterItsTask() throws Exception {
    // Given
    Path told = folder.resolve("told");
    String sidecar =
        "trap 'echo $TIPHYS_SOURCE $TIPHYS_SIDECAR_PARAM_PER_DAY $TIPHYS_CONTRACT ${#TIPHYS_KEY} > %s; exit 0' TERM; while :; do sleep 0.05; done"
            .formatted(told);

    // When
    instances.create(Specs.accompanied("a", "exit 0", sidecar));
    end("a");

    // Then
    Eventually.until("the sidecar has ended", () -> told.toFile().length() > 0);
    assertThat(Files.readString(told)).isEqualTo("/tiphys/coin/coin-1/a/own 12 2 45\n");
    assertThat(instances.of(RUN)).noneMatch(Instance::cutOff);
  }

  @Test
  void aSidecarThatDiesCutsItsInstanceOffAndThatIsTold() throws Exception {
    // When
    instances.create(Specs.accompanied("a", "exit 0", "exit 3"));

    // Then
    Eventually.until("it is told", () -> changes.size() == 3);
    assertThat(changes.getLast())
        .returns(State.SUCCEEDED, Instance::state)
        .returns(true, Instance::cutOff);
  }

  @Test
  void aSidecarThatEndsBeforeItsTaskIsStartedAgain() throws Exception {
    // When
    instances.create(
        Specs.accompanied(
            "a",
            "until [ $(wc -l < %1$s/lives) -ge 2 ] 2>/dev/null; do sleep 0.05; done"
                .formatted(folder),
            "echo >> %s/lives".formatted(folder)));

    // Then
    assertThat(end("a").state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void givesAMissingCommandAMessageOfItsOwn() throws Exception {
    // When
    instances.create(Specs.script("a", List.of("no-such-command"), "1 + 1"));

    // Then
    assertThat(end("a"))
        .returns(State.FAILED, Instance::state)
        .returns(false, Instance::started)
        .extracting(Instance::message)
        .asString()
        .startsWith("command not found: no-such-command (template flip); images are not used");
  }

  @Test
  void appendsTheFileWithTheSourceToTheCommandOfAScript() throws Exception {
    // When
    instances.create(Specs.script("a", List.of("sh", "-e"), "echo from \"$(basename \"$0\")\""));

    // Then
    assertThat(end("a").state()).isEqualTo(State.SUCCEEDED);
    assertThat(log("a", "stdout.log")).isEqualTo("from script\n");
  }

  @Test
  void createsOneInstanceOfAName() throws Exception {
    // When
    boolean first = instances.create(Specs.shell("a", "echo once >> ran"));
    boolean second = instances.create(Specs.shell("a", "echo once >> ran"));

    // Then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    end("a");
    assertThat(log("a", "ran")).isEqualTo("once\n");
  }

  @Test
  void startsAGatedInstanceWhenItsGateIsOpened() throws Exception {
    // Given
    instances.create(Specs.gated("a", "echo hello"));
    assertThat(observed("a").state()).isEqualTo(State.GATED);

    // When
    instances.openGate("a");
    instances.openGate("a");

    // Then
    assertThat(end("a").state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void neverRunsAGatedInstanceThatWasStopped() throws Exception {
    // Given
    instances.create(Specs.gated("a", "echo hello"));
    instances.stop("a", "stopped by stopsignal");
    Instance stopped = end("a");

    // When
    instances.openGate("a");

    // Then
    assertThat(stopped)
        .returns(State.STOPPED, Instance::state)
        .returns(false, Instance::started)
        .returns("stopped by stopsignal", Instance::message);
    assertThat(observed("a").state()).isEqualTo(State.STOPPED);
    assertThat(folder.resolve(RUN)).doesNotExist();
  }

  @Test
  void stopsAProcessAndItsChildren() throws Exception {
    // Given
    instances.create(Specs.shell("a", "sleep 60 & echo $! > child; wait"));
    long child = pid("a", "child");

    // When
    instances.stop("a", "enough");

    // Then
    assertThat(end("a").state()).isEqualTo(State.STOPPED);
    assertThat(alive(child)).isFalse();
  }

  @Test
  void givesAProcessItsGracePeriodToEndWell() throws Exception {
    // Given
    instances.create(
        Specs.shell(
            "a",
            "trap 'echo stored > state; exit 0' TERM; echo > up; while :; do sleep 0.01; done"));
    Eventually.until("trap is set", () -> Files.exists(path("a", "up")));

    // When
    instances.stop("a", "enough");

    // Then
    assertThat(end("a").state()).isEqualTo(State.STOPPED);
    assertThat(log("a", "state")).isEqualTo("stored\n");
  }

  @Test
  void killsAProcessThatIgnoresTheStop() throws Exception {
    // Given
    instances.create(Specs.shell("a", "trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done"));
    long pid = pid("a", "pid");

    // When
    instances.stop("a", "enough");

    // Then
    assertThat(end("a").state()).isEqualTo(State.STOPPED);
    assertThat(alive(pid)).isFalse();
  }

  @Test
  void failsWhenItIsActiveForLongerThanItsDeadline() throws Exception {
    // When
    instances.create(Specs.withDeadline("a", "exec sleep 60", 1));

    // Then
    assertThat(end("a").state()).isEqualTo(State.FAILED);
    assertThat(end("a").message()).isEqualTo("DeadlineExceeded: it was active for longer than 1 s");
  }

  @Test
  void putsInVariablesThatItsCommandNames() throws Exception {
    // When
    instances.create(
        Specs.withParameters(
            "a", "echo '$(TIPHYS_PARAM_COIN)' $(HOME)-", Map.of("coin", "a $(X)")));

    // Then
    assertThat(end("a").state()).isEqualTo(State.SUCCEEDED);
    assertThat(log("a", "stdout.log")).isEqualTo("a $(X) -\n");
  }

  @Test
  void killsAGrandchildThatHasLeftTheTree() throws Exception {
    // Given: its parent is gone, so it is nobody's descendant any more
    instances.create(
        Specs.shell("a", "(sh -c 'echo $$ > orphan; exec sleep 60' &) ; exec sleep 60"));
    long orphan = pid("a", "orphan");

    // When
    instances.stop("a", "enough");

    // Then
    end("a");
    Eventually.until("orphan is gone", () -> !alive(orphan));
  }

  @Test
  void endsWithItsFirstProcessAsAContainerDoes() throws Exception {
    // When: what is left behind holds the output open
    instances.create(Specs.shell("a", "sleep 60 & echo $! > child"));

    // Then
    assertThat(end("a").state()).isEqualTo(State.SUCCEEDED);
    long child = pid("a", "child");
    Eventually.until("child is gone", () -> !alive(child));
  }

  @Test
  void givesACleanEnvironment() throws Exception {
    // When
    instances.create(Specs.withParameters("a", "env", Map.of("num-tails", "3")));

    // Then
    end("a");
    assertThat(log("a", "stdout.log"))
        .contains("TIPHYS_PARAM_NUM_TAILS=3\n", "TIPHYS_RUN=" + RUN + "\n", "PATH=")
        .doesNotContain("SECRET");
  }

  @Test
  void failsAnInstanceWhoseValueNoEnvironmentCanHold() throws Exception {
    // When
    instances.create(Specs.withParameters("a", "env", Map.of("p", "a\0b")));

    // Then
    assertThat(end("a"))
        .returns(State.FAILED, Instance::state)
        .extracting(Instance::message)
        .asString()
        .startsWith("cannot start sh: ");
  }

  @Test
  void failsAnInstanceWhoseCommandNoPathCanHold() throws Exception {
    // When
    instances.create(Specs.script("a", List.of("a\0b"), "1 + 1"));

    // Then
    assertThat(end("a"))
        .returns(State.FAILED, Instance::state)
        .extracting(Instance::message)
        .asString()
        .startsWith("cannot start a\0b: ");
  }

  @Test
  void failsAnInstanceThatCannotBeSeenToAndKillsItsProcess() throws Exception {
    // Given: a run without a key, so that no sidecar can be started
    instances.close();
    instances = instances(new InMemoryKeys(new Random(1)));

    // When
    instances.create(Specs.watched("a", "exec sleep 60"));

    // Then
    assertThat(end("a"))
        .returns(State.FAILED, Instance::state)
        .extracting(Instance::message)
        .asString()
        .startsWith("internal error: ")
        .contains("no key for " + RUN);
    Eventually.until("the listener is told", () -> !changes.isEmpty());
    assertThat(changes).extracting(Instance::state).containsExactly(State.FAILED);
    Eventually.until("its process is gone", () -> tasks().noneMatch(Liveness::runs));
  }

  /** All children but the reaper. */
  private static Stream<ProcessHandle> tasks() {
    return ProcessHandle.current()
        .children()
        .filter(
            child ->
                !List.of(child.info().arguments().orElse(new String[0])).contains("tiphys-reaper"));
  }

  @Test
  void keepsTheHeadOfALongOutput() throws Exception {
    // When
    instances.create(Specs.shell("a", "yes | head -c 3000000"));

    // Then
    end("a");
    assertThat(log("a", "stdout.log"))
        .hasSizeBetween(BoundedLog.LIMIT, BoundedLog.LIMIT + 100)
        .endsWith("left out]\n");
  }

  @Test
  void removesTheFolderOfADeletedInstance() throws Exception {
    // Given
    instances.create(Specs.shell("a", "echo hello"));
    end("a");

    // When
    instances.delete("a");

    // Then
    assertThat(instances.of(RUN)).isEmpty();
    assertThat(path("a", "")).doesNotExist();
  }

  @Test
  void doesNotDeleteALivingInstance() {
    // Given
    instances.create(Specs.shell("a", "sleep 60"));

    // When
    instances.delete("a");

    // Then
    assertThat(instances.of(RUN)).hasSize(1);
  }

  @Test
  void leavesNoProcessBehindWhenClosed() throws Exception {
    // Given
    instances.create(
        Specs.shell("a", "(setsid sh -c 'echo $$ > orphan; exec sleep 60' >&- 2>&- &)"));
    long orphan = pid("a", "orphan");
    instances.create(Specs.shell("b", "echo $$ > pid; exec sleep 60"));
    long pid = pid("b", "pid");

    // When
    instances.close();

    // Then
    assertThat(observed("b").state()).isEqualTo(State.STOPPED);
    assertThat(alive(pid)).isFalse();
    Eventually.until("orphan is gone", () -> !alive(orphan));
  }

  @Test
  void startsNothingWhenClosed() {
    // Given
    instances.close();

    // When
    instances.create(Specs.shell("a", "exit 0"));

    // Then
    assertThat(observed("a"))
        .returns(State.STOPPED, Instance::state)
        .returns(false, Instance::started);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void takesASignalToTheWholeGroupForAStopWhenTheRunIsEnding(String signal) throws Exception {
    // Given
    instances.create(Specs.shell("a", "echo $$ > pid; exec sleep 60"));
    long pid = pid("a", "pid");

    // When: it goes to the whole process group, so the process may end first
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    instances.close();

    // Then
    assertThat(observed("a").state()).isEqualTo(State.STOPPED);
  }

  private Instance observed(String name) {
    return instances.of(RUN).stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
  }

  private Instance end(String name) throws InterruptedException {
    Eventually.until(name + " has ended", () -> observed(name).state().terminal());
    return observed(name);
  }

  private long pid(String name, String file) throws Exception {
    Eventually.until(file + " is written", () -> text(path(name, file)).endsWith("\n"));
    return Long.parseLong(text(path(name, file)).strip());
  }

  private Path path(String name, String file) {
    return folder.resolve(RUN).resolve(name).resolve(file);
  }

  private String log(String name, String file) {
    return text(path(name, file));
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(Liveness::runs).orElse(false);
  }
}
