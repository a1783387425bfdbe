package dev.tiphys.triggers.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compiled workflow: immutable, and named by its content. Rules say what fires what and are
 * looked up by event type; scopes are trees of templates that {@code advance} interprets.
 *
 * @param workflow the workflow's name; names its Broker and Triggers
 * @param runPrefix what the names of its runs begin with (Argo's {@code generateName})
 * @param entrypoint name of the template that a run begins with
 * @param parameters the workflow's parameters, in the file's order
 * @param parallelism how many instances of one run may be active at once; null: no limit
 * @param templates by name
 * @param rules what fires what, sorted
 */
@JsonPropertyOrder("format")
@JsonIgnoreProperties(value = "format", allowGetters = true)
public record Plan(
    String workflow,
    String runPrefix,
    String entrypoint,
    List<Parameter> parameters,
    @Nullable Integer parallelism,
    SortedMap<String, Template> templates,
    List<Rule> rules) {

  /** Of its JSON, in UTF-8: a cluster keeps no larger object. */
  public static final int MAX_BYTES = 1 << 20;

  /** What {@link #toJson} writes; another number would be read otherwise. */
  private static final int FORMAT = 2;

  private static final int HASH_DIGITS = 10;

  public Plan {
    parameters = List.copyOf(parameters);
    templates = Collections.unmodifiableSortedMap(new TreeMap<>(templates));
    rules = List.copyOf(rules);
  }

  /**
   * A workflow parameter.
   *
   * @param value its default; null: each run must bring one
   * @param reaches the places, sorted, that its value comes to and that no outsider may fill, each
   *     in words ({@code the source of `hello`}); with none an unsigned event may set it
   */
  public record Parameter(String name, @Nullable String value, List<String> reaches) {
    public Parameter {
      reaches = reaches.stream().sorted().distinct().toList();
    }

    /** One that reaches no such place. */
    public Parameter(String name, @Nullable String value) {
      this(name, value, List.of());
    }
  }

  /** The content-addressed name: {@code <workflow>-<hash>}. */
  @JsonIgnore
  public String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(toJson().getBytes(StandardCharsets.UTF_8));
      return workflow + "-" + HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The template of that name, which the compiler has made sure of. */
  public Template template(String name) {
    Template template = templates.get(name);
    if (template == null) {
      throw new IllegalArgumentException("plan " + workflow + " has no template " + name);
    }
    return template;
  }

  /** The task of that name, which the compiler has made sure of. */
  public TaskTemplate task(String name) {
    return switch (template(name)) {
      case TaskTemplate task -> task;
      case StepsTemplate steps ->
          throw new IllegalArgumentException(steps.name() + " is no task but a steps template");
    };
  }

  /** Deterministic to the byte. */
  public String toJson() {
    return Json.pretty(this);
  }

  /** How long its JSON is, in UTF-8. */
  public int bytes() {
    return toJson().getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if another version of Tiphys wrote it
   */
  public static Plan fromJson(String json) {
    try (JsonParser parser = Json.mapper().createParser(json)) {
      int format = format(parser);
      if (format != FORMAT) {
        throw new IllegalArgumentException("a plan of format " + format + ", not " + FORMAT);
      }
      return Json.mapper().readValue(parser, Plan.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands first; a text that begins otherwise is of the format before there was any. */
  private static int format(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT || !"format".equals(parser.nextFieldName())) {
      return 1;
    }
    int format = parser.nextIntValue(0);
    parser.nextToken();
    return format;
  }

  /** First in the JSON, so that whoever reads it knows how. */
  @JsonProperty("format")
  int format() {
    return FORMAT;
  }

  /** Task templates that emit events of the type into the run, by name. */
  public List<TaskTemplate> emitters(String eventType) {
    return templates.values().stream()
        .flatMap(t -> t instanceof TaskTemplate task ? Stream.of(task) : null)
        .filter(t -> t.sidecars().stream().anyMatch(s -> s.emits(eventType)))
        .toList();
  }

  /** Types of events from outside, each of which begins a run; none if a run begins by itself. */
  public List<String> awaited() {
    return rules.stream()
        .filter(Rule.Begin.class::isInstance)
        .map(rule -> rule.on().type())
        .distinct()
        .toList();
  }

  /** The objects whose changes are events of the workflow, in the rules' order. */
  public List<ResourceWatch> watches() {
    return rules.stream().flatMap(rule -> Stream.ofNullable(rule.on().watch())).distinct().toList();
  }

  /** The values that a run has for the workflow's parameters: given ones, else the defaults. */
  public Map<String, String> defaults() {
    SortedMap<String, String> values = new TreeMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.value() != null) {
        values.put(parameter.name(), parameter.value());
      }
    }
    return values;
  }
}
