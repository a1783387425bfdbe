package dev.tiphys.sidecars.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Contract} from environment variables, and tells all that is wrong at once. */
public final class Environment {
  /** Where to publish: an absolute http or https address. Required. */
  public static final String SINK = "K_SINK";

  /** Knative's {@code {"extensions": {name: text}}}. Default: none. */
  public static final String OVERRIDES = "K_CE_OVERRIDES";

  public static final String WORKFLOW = "TIPHYS_WORKFLOW";
  public static final String RUN = "TIPHYS_RUN";
  public static final String TASK = "TIPHYS_TASK";

  /** The pod's name. Required, as the other names are. */
  public static final String INSTANCE = "TIPHYS_INSTANCE";

  public static final String INSTANCE_UID = "TIPHYS_INSTANCE_UID";
  public static final String CONTAINER = "TIPHYS_CONTAINER";

  /** The CloudEvents type of the sidecar's events. Required. */
  public static final String EVENT_TYPE = "TIPHYS_EVENT_TYPE";

  /** The {@code source} of the sidecar's events; made of the names above. */
  public static final String SOURCE = "TIPHYS_SOURCE";

  /** Attributes to stamp: {@code {name: text}}. Default: none. */
  public static final String LABELS = "TIPHYS_LABELS";

  /** The key that signs the sidecar's events, {@code VERSION.SECRET}. Required. */
  public static final String KEY = "TIPHYS_KEY";

  /** The version of this contract. Required, so that no other one is misread. */
  public static final String CONTRACT = "TIPHYS_CONTRACT";

  /** What {@link #CONTRACT} has to be. */
  public static final String CONTRACT_VERSION = "2";

  /** Unacknowledged events at a time. Default: 1, which keeps the stream's order. */
  public static final String WINDOW = "TIPHYS_WINDOW";

  /** Wait before the end-of-stream marker, an ISO-8601 duration. Default: PT0S. */
  public static final String SETTLE = "TIPHYS_SETTLE";

  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  private Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** What the variables amount to. */
  public sealed interface Outcome {}

  /** They make a contract. */
  public record Complete(Contract contract) implements Outcome {}

  /** They do not; every mistake names its variable. */
  public record Incomplete(List<String> problems) implements Outcome {
    public Incomplete {
      problems = List.copyOf(problems);
    }
  }

  /** The variables that give this contract, without its bounds. */
  public static SortedMap<String, String> of(Contract contract) {
    Origin origin = contract.origin();
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put(SINK, contract.sink().toString());
    variables.put(WORKFLOW, origin.workflow());
    variables.put(RUN, origin.run());
    variables.put(TASK, origin.task());
    variables.put(INSTANCE, origin.instance());
    variables.put(INSTANCE_UID, origin.instanceUid());
    variables.put(CONTAINER, origin.container());
    variables.put(SOURCE, origin.source().toString());
    variables.put(EVENT_TYPE, contract.eventType());
    variables.put(CONTRACT, CONTRACT_VERSION);
    variables.put(KEY, contract.key().text());
    if (!contract.labels().isEmpty()) {
      variables.put(LABELS, Json.write(contract.labels()));
    }
    if (!contract.overrides().isEmpty()) {
      variables.put(OVERRIDES, Json.write(Map.of("extensions", contract.overrides())));
    }
    return variables;
  }

  /** Reads them all. */
  static Outcome read(Map<String, String> variables) {
    return new Environment(variables).read();
  }

  private Outcome read() {
    contractVersion();
    URI sink = sink();
    String workflow = name(WORKFLOW);
    String run = name(RUN);
    String task = name(TASK);
    String instance = name(INSTANCE);
    String uid = name(INSTANCE_UID);
    String container = name(CONTAINER);
    String eventType = name(EVENT_TYPE);
    SortedMap<String, String> labels = json(LABELS).map(this::labels).orElse(none());
    SortedMap<String, String> overrides = json(OVERRIDES).map(this::overrides).orElse(none());
    SigningKey key = key();
    Limits limits = Limits.DEFAULT.withWindow(window()).withSettle(settle());
    if (!problems.isEmpty() || sink == null || key == null) {
      return new Incomplete(problems);
    }
    Origin origin = new Origin(workflow, run, task, instance, uid, container);
    return new Complete(new Contract(sink, origin, eventType, labels, overrides, key, limits));
  }

  private Optional<String> optional(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isEmpty());
  }

  private Optional<String> required(String variable) {
    Optional<String> value = optional(variable);
    if (value.isEmpty()) {
      problem(variable, "is not set");
    }
    return value;
  }

  private String name(String variable) {
    String value = required(variable).orElse("");
    if (!Stamps.printable(value)) {
      problem(variable, "holds a character that no attribute can have");
    }
    return value;
  }

  private @Nullable URI sink() {
    String value = required(SINK).orElse("");
    if (value.isEmpty()) {
      return null;
    }
    try {
      URI sink = URI.create(value);
      if (sink.getHost() != null && List.of("http", "https").contains(sink.getScheme())) {
        return sink;
      }
    } catch (IllegalArgumentException e) {
      // the same mistake as any other address that cannot be posted to
    }
    problem(SINK, "is not an http address: " + value);
    return null;
  }

  private void contractVersion() {
    String version = required(CONTRACT).orElse(CONTRACT_VERSION);
    if (!version.equals(CONTRACT_VERSION)) {
      problem(CONTRACT, "is version " + version + " and this program keeps " + CONTRACT_VERSION);
    }
  }

  /** What is no key is not repeated: it may be a secret all the same. */
  private @Nullable SigningKey key() {
    String text = required(KEY).orElse("");
    Optional<SigningKey> key = SigningKey.parse(text);
    if (key.isEmpty() && !text.isEmpty()) {
      problem(KEY, "is not a key as VERSION.SECRET");
    }
    return key.orElse(null);
  }

  private int window() {
    int standard = Limits.DEFAULT.window();
    Optional<String> text = optional(WINDOW);
    try {
      int window = text.map(Integer::parseInt).orElse(standard);
      if (window >= 1 && window <= Limits.MAX_WINDOW) {
        return window;
      }
    } catch (NumberFormatException e) {
      // told below, with the numbers out of range
    }
    problem(WINDOW, "is not a number from 1 to " + Limits.MAX_WINDOW + ": " + text.orElse(""));
    return standard;
  }

  private Duration settle() {
    Optional<String> text = optional(SETTLE);
    try {
      Duration settle = text.map(Duration::parse).orElse(Limits.DEFAULT.settle());
      if (!settle.isNegative()) {
        return settle;
      }
    } catch (DateTimeParseException e) {
      // told below, with the negative ones
    }
    problem(SETTLE, "is not a duration like PT2S: " + text.orElse(""));
    return Limits.DEFAULT.settle();
  }

  private Optional<JsonNode> json(String variable) {
    return optional(variable)
        .flatMap(
            text -> {
              try {
                return Optional.of(Json.parse(text.getBytes(StandardCharsets.UTF_8)));
              } catch (IOException e) {
                problem(variable, "is not JSON");
                return Optional.empty();
              }
            });
  }

  private SortedMap<String, String> overrides(JsonNode value) {
    return value.isObject() && value.path("extensions").isMissingNode()
        ? none()
        : attributes(OVERRIDES, value.path("extensions"));
  }

  private SortedMap<String, String> labels(JsonNode value) {
    return attributes(LABELS, value);
  }

  private SortedMap<String, String> attributes(String variable, JsonNode object) {
    if (!object.isObject()) {
      problem(variable, "does not map names to texts");
      return none();
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              String value = entry.getValue().asText();
              if (!entry.getValue().isTextual()) {
                problem(variable, "attribute '" + name + "' is not a text");
              } else {
                Stamps.problem(name, value).ifPresent(wrong -> problem(variable, wrong));
              }
              attributes.put(name, value);
            });
    return attributes;
  }

  private void problem(String variable, String what) {
    problems.add(variable + ": " + what);
  }

  private static SortedMap<String, String> none() {
    return Collections.emptySortedMap();
  }
}
