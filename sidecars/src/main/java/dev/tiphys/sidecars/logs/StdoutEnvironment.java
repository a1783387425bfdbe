package dev.tiphys.sidecars.logs;

import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.program.Variables;
import dev.tiphys.sidecars.stdout.LineRule;
import dev.tiphys.triggers.plan.EventSidecar.Format;
import dev.tiphys.triggers.plan.EventSidecar.Lines;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the {@code stdoutwatcher}'s settings from environment variables, which are those of {@link
 * SidecarSettings} and these.
 */
final class StdoutEnvironment {
  /** stdout, stderr or both. Default: stdout. */
  static final String STREAM = "TIPHYS_STREAM";

  /** Only lines in which it is found are events; RE2's syntax. Default: every line is. */
  static final String PATTERN = "TIPHYS_PATTERN";

  /** line or json. Default: line. */
  static final String FORMAT = "TIPHYS_FORMAT";

  /** Bytes of a line that are kept, up to 131072. Default: 65536. */
  static final String MAX_LINE = "TIPHYS_MAX_LINE";

  /** files or api. Default: files. */
  static final String LOGS = "TIPHYS_LOGS";

  /** The container that is watched. Default: main. */
  static final String MAIN = "TIPHYS_MAIN";

  /** The pod's log files, a folder per container. Default: /var/log/task. */
  static final String LOG_FOLDER = "TIPHYS_LOG_FOLDER";

  /** Required for logs by API. */
  static final String NAMESPACE = "POD_NAMESPACE";

  /** Of the API server, as the kubelet sets it. */
  static final String API_HOST = "KUBERNETES_SERVICE_HOST";

  static final String API_PORT = "KUBERNETES_SERVICE_PORT";

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final int MAX_PORT = 65_535;
  private static final int HTTPS_PORT = 443;

  private StdoutEnvironment() {}

  static SidecarSettings.Reading<StdoutSettings> read(Map<String, String> environment) {
    return SidecarSettings.read(environment, StdoutEnvironment::own);
  }

  private static Function<SidecarSettings, StdoutSettings> own(Variables variables) {
    Stream stream = variables.choice(STREAM, Stream.class, Stream.STDOUT);
    String main = variables.value(MAIN).orElse("main");
    Lines lines = lines(variables);
    Capture capture = capture(variables, stream, main);
    return common -> new StdoutSettings(common, stream, lines, capture, main);
  }

  private static Lines lines(Variables variables) {
    Format format = variables.choice(FORMAT, Format.class, Lines.EVERY.format());
    int maxLine = variables.number(MAX_LINE, Lines.EVERY.maxLine(), 1, Lines.MAX_LINE);
    String pattern = variables.value(PATTERN).orElse(null);
    if (pattern != null) {
      LineRule.problem(pattern).ifPresent(problem -> variables.problem(PATTERN, problem));
    }
    return new Lines(pattern, format, maxLine);
  }

  private static Capture capture(Variables variables, Stream stream, String main) {
    return switch (variables.value(LOGS).orElse("files")) {
      case "files" ->
          new Capture.Files(
              Path.of(variables.value(LOG_FOLDER).orElse("/var/log/task")).resolve(main));
      case "api" -> {
        if (stream != Stream.BOTH) {
          variables.problem(STREAM, "has to be both: the log API does not tell the streams apart");
        }
        yield new Capture.Api(server(variables), ACCOUNT, variables.required(NAMESPACE));
      }
      default -> {
        variables.problem(LOGS, "is neither files nor api");
        yield new Capture.Files(Path.of("."));
      }
    };
  }

  private static URI server(Variables variables) {
    String host = variables.required(API_HOST);
    int port = variables.number(API_PORT, HTTPS_PORT, 1, MAX_PORT);
    return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }
}
