package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Environment;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the {@code stdoutwatcher}'s settings from environment variables, which are those of {@link
 * Environment} and these. All that is wrong is told at once.
 */
final class StdoutEnvironment {
  /** stdout, stderr or both. Default: stdout. */
  static final String STREAM = "TIPHYS_STREAM";

  /** discard or drain. Default: discard. */
  static final String ON_STOP = "TIPHYS_ON_STOP";

  /** files or api. Default: files. */
  static final String LOGS = "TIPHYS_LOGS";

  /** The container that is watched. Default: main. */
  static final String MAIN = "TIPHYS_MAIN";

  /** A folder that survives the container and can be written to. Required. */
  static final String STATE = "TIPHYS_STATE";

  /** Where {@code GET /stopping} is answered. Default: 9901. */
  static final String STOP_PORT = "TIPHYS_STOP_PORT";

  /** Ports on localhost, with commas between, that are told as well. Default: none. */
  static final String STOP_PEERS = "TIPHYS_STOP_PEERS";

  /** The pod's log files, a folder per container. Default: /var/log/task. */
  static final String LOG_FOLDER = "TIPHYS_LOG_FOLDER";

  /** How long there is after SIGTERM, an ISO-8601 duration. Default: PT25S. */
  static final String GRACE = "TIPHYS_GRACE";

  /** Required for logs by API. */
  static final String NAMESPACE = "POD_NAMESPACE";

  /** Of the API server, as the kubelet sets it. */
  static final String API_HOST = "KUBERNETES_SERVICE_HOST";

  static final String API_PORT = "KUBERNETES_SERVICE_PORT";

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final int MAX_PORT = 65_535;

  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  private StdoutEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** What the variables amount to. */
  sealed interface Outcome {}

  record Complete(StdoutSettings settings) implements Outcome {}

  /** Every mistake names its variable. */
  record Incomplete(List<String> problems) implements Outcome {
    Incomplete {
      problems = List.copyOf(problems);
    }
  }

  static Outcome read(Map<String, String> variables) {
    return new StdoutEnvironment(variables).read();
  }

  private Outcome read() {
    Stream stream = choice(STREAM, Stream.class, Stream.STDOUT);
    OnStop onStop = choice(ON_STOP, OnStop.class, OnStop.DISCARD);
    String main = value(MAIN).orElse("main");
    Capture capture = capture(stream, main);
    Path state = state();
    int stopPort = number(STOP_PORT, value(STOP_PORT).orElse("9901"), 0);
    List<Integer> peers = peers();
    Duration grace = grace();
    return switch (Contract.fromEnvironment(variables)) {
      case Environment.Incomplete(List<String> wrong) -> {
        problems.addAll(0, wrong);
        yield new Incomplete(problems);
      }
      case Environment.Complete complete when !problems.isEmpty() -> new Incomplete(problems);
      case Environment.Complete(Contract contract) ->
          new Complete(
              new StdoutSettings(
                  contract, stream, onStop, capture, main, state, stopPort, peers, grace));
    };
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.get(variable))
        .map(String::strip)
        .filter(v -> !v.isEmpty());
  }

  private <E extends Enum<E>> E choice(String variable, Class<E> type, E standard) {
    String text = value(variable).orElse(lower(standard));
    for (E constant : type.getEnumConstants()) {
      if (lower(constant).equals(text)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(c -> lower(c)).toList();
    problem(variable, "is not one of " + names + ": " + text);
    return standard;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Capture capture(Stream stream, String main) {
    return switch (value(LOGS).orElse("files")) {
      case "files" ->
          new Capture.Files(Path.of(value(LOG_FOLDER).orElse("/var/log/task")).resolve(main));
      case "api" -> {
        if (stream != Stream.BOTH) {
          problem(STREAM, "has to be both: the log API does not tell the streams apart");
        }
        yield new Capture.Api(server(), ACCOUNT, required(NAMESPACE));
      }
      default -> {
        problem(LOGS, "is neither files nor api");
        yield new Capture.Files(Path.of("."));
      }
    };
  }

  private URI server() {
    String host = required(API_HOST);
    int port = number(API_PORT, value(API_PORT).orElse("443"), 1);
    return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  private Path state() {
    Path folder = Path.of(required(STATE));
    if (value(STATE).isPresent() && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
      problem(STATE, "is no folder that can be written to: " + folder);
    }
    return folder;
  }

  private List<Integer> peers() {
    return value(STOP_PEERS).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(port -> number(STOP_PEERS, port.strip(), 1))
        .toList();
  }

  private int number(String variable, String text, int least) {
    return parsed(text, Integer::valueOf)
        .filter(port -> port >= least && port <= MAX_PORT)
        .orElseGet(
            () -> {
              problem(variable, "is no port: " + text);
              return least;
            });
  }

  private Duration grace() {
    String text = value(GRACE).orElse("PT25S");
    return parsed(text, Duration::parse)
        .filter(grace -> !grace.isNegative())
        .orElseGet(
            () -> {
              problem(GRACE, "is not a duration like PT25S: " + text);
              return Duration.ZERO;
            });
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private String required(String variable) {
    Optional<String> value = value(variable);
    if (value.isEmpty()) {
      problem(variable, "is not set");
    }
    return value.orElse("");
  }

  private void problem(String variable, String what) {
    problems.add(variable + ": " + what);
  }
}
