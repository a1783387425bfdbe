package dev.tiphys.sidecars.program;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Environment;
import dev.tiphys.sidecars.publish.HttpTransport;
import dev.tiphys.sidecars.publish.Token;
import dev.tiphys.sidecars.publish.TokenFile;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the program of every event sidecar is given: the variables of {@link Environment}, and
 * these.
 *
 * @param onStop {@code TIPHYS_ON_STOP}: discard or drain; by default discard
 * @param state {@code TIPHYS_STATE}: a folder that survives the container and can be written to
 * @param stopPorts {@code TIPHYS_STOP_PORTS}, with commas between: where it is told that main is
 *     being stopped, and after it the ports on localhost to which it passes that on; by default
 *     9901
 * @param grace {@code TIPHYS_GRACE}: how long there is after SIGTERM to publish what is left; an
 *     ISO-8601 duration, by default PT25S
 * @param stopFile {@code TIPHYS_STOP_FILE}: a file that is empty until Tiphys stops the task; by
 *     default none, and then whoever tells of a stop is believed
 * @param token {@code TIPHYS_TOKEN_FILE}: a file with what the sink is shown, renewed by others; by
 *     default nothing is
 */
public record SidecarSettings(
    Contract contract,
    OnStop onStop,
    Path state,
    List<Integer> stopPorts,
    Duration grace,
    @Nullable Path stopFile,
    Token token) {
  private static final String TOKEN_FILE = "TIPHYS_TOKEN_FILE";

  /** Variable of {@link #state}. */
  public static final String STATE = "TIPHYS_STATE";

  /** Variable of {@link #grace}. */
  public static final String GRACE_PERIOD = "TIPHYS_GRACE";

  private static final String STOP_FILE = "TIPHYS_STOP_FILE";
  private static final String STOP_PORTS = "TIPHYS_STOP_PORTS";
  private static final String FIRST_PORT = "9901";
  private static final int MAX_PORT = 65_535;
  private static final Duration GRACE = Duration.ofSeconds(25);

  public SidecarSettings {
    stopPorts = List.copyOf(stopPorts);
  }

  /** Those of a sidecar whose sink asks for no token, and that sees no file of stops. */
  public SidecarSettings(
      Contract contract, OnStop onStop, Path state, List<Integer> stopPorts, Duration grace) {
    this(contract, onStop, state, stopPorts, grace, null, Token.NONE);
  }

  /** The way to its sink. */
  public Transport transport() {
    return HttpTransport.to(contract.sink(), token);
  }

  /** What the variables of one program amount to. */
  public sealed interface Reading<S> {}

  /** They are its settings. */
  public record Complete<S>(S settings) implements Reading<S> {}

  /** They are not; every mistake names its variable. */
  public record Incomplete<S>(List<String> problems) implements Reading<S> {
    public Incomplete {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads them all, and tells all that is wrong at once.
   *
   * @param own reads what one kind of sidecar has beside these, and puts both together
   */
  public static <S> Reading<S> read(
      Map<String, String> environment, Function<Variables, Function<SidecarSettings, S>> own) {
    Variables variables = new Variables(environment);
    OnStop onStop = variables.choice("TIPHYS_ON_STOP", OnStop.class, OnStop.DISCARD);
    Path state = state(variables);
    List<Integer> stopPorts = stopPorts(variables);
    Duration grace = variables.duration(GRACE_PERIOD, GRACE);
    Path stopFile = variables.value(STOP_FILE).map(Path::of).orElse(null);
    Token token = token(variables);
    Function<SidecarSettings, S> whole = own.apply(variables);
    List<String> problems = new ArrayList<>();
    switch (Contract.fromEnvironment(environment)) {
      case Environment.Incomplete(List<String> wrong) -> problems.addAll(wrong);
      case Environment.Complete(Contract contract) -> {
        if (variables.problems().isEmpty()) {
          return new Complete<>(
              whole.apply(
                  new SidecarSettings(contract, onStop, state, stopPorts, grace, stopFile, token)));
        }
      }
    }
    problems.addAll(variables.problems());
    return new Incomplete<>(problems);
  }

  private static Token token(Variables variables) {
    return variables
        .value(TOKEN_FILE)
        .<Token>map(file -> new TokenFile(Path.of(file), InstantSource.system()))
        .orElse(Token.NONE);
  }

  private static Path state(Variables variables) {
    Path folder = Path.of(variables.required(STATE));
    if (variables.value(STATE).isPresent()
        && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
      variables.problem(STATE, "is no folder that can be written to: " + folder);
    }
    return folder;
  }

  private static List<Integer> stopPorts(Variables variables) {
    return Arrays.stream(variables.value(STOP_PORTS).orElse(FIRST_PORT).split(",", -1))
        .map(port -> variables.number(STOP_PORTS, port.strip(), 1, MAX_PORT))
        .flatMap(Optional::stream)
        .toList();
  }
}
