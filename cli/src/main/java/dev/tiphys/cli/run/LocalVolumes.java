package dev.tiphys.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where volumes are locally: a process sees this machine's own folders, so a volume is a folder of
 * the run, which a variable names, and not at its {@code mountPath}. What a task writes to the
 * {@code mountPath} lands in the machine's folder of that name.
 */
final class LocalVolumes {
  /** Not the end of a longer path, of a URL or of a variable. */
  private static final String BEFORE = "(?<![\\w.$})\\]~*/-])";

  /** Not the beginning of a longer name. */
  private static final String AFTER = "(?![\\w.-])";

  /** What is one slash to the system; but not the two of a URL. */
  private static final String FIRST_SLASH = "(?:(?<!:)/+(?:\\./+)*|/)";

  private static final String ROOT = "/";

  private static final String SLASH = "/+(?:\\./+)*";

  /** What a shell takes away from a word: quotes, backslashes, and with them the end of a line. */
  private static final Pattern QUOTING = Pattern.compile("\\\\\n|[\"'\\\\]");

  /** A name that is neither {@code .} nor {@code ..}. */
  private static final String NAME = "(?!\\.\\.?(?:/|\\s|$))[^/\\s]+";

  /** Slashes, but not the two of a URL. */
  private static final String SLASHES = "(?<!/)(?:(?<!:)/+|/(?!/))(?:\\./+)*";

  /** A name and the way back up from it, or the way up from the root. */
  private static final Pattern UP =
      Pattern.compile(
          "(?:" + (SLASHES + NAME + SLASH) + "|" + (BEFORE + SLASHES) + ")\\.\\." + AFTER);

  private final Plan plan;
  private final Map<String, String> parameters;

  private LocalVolumes(Plan plan, Map<String, String> given) {
    this.plan = plan;
    this.parameters = new TreeMap<>();
    plan.parameters().forEach(it -> parameters.put(it.name(), text(it.value())));
    parameters.putAll(given);
  }

  /** A volume at a path. */
  private record Mount(String volume, String path) {
    /**
     * Whether the text has the path, by itself or at the beginning of a longer one; also with
     * quotes, backslashes and {@code ..} in it.
     */
    boolean namedIn(String text) {
      return isIn(text) || isIn(withoutUps(QUOTING.matcher(text).replaceAll("")));
    }

    private boolean isIn(String text) {
      String names =
          Arrays.stream(path.split("/+", -1))
              .filter(name -> !name.isEmpty() && !name.equals("."))
              .map(Pattern::quote)
              .collect(Collectors.joining(SLASH));
      return Pattern.compile(BEFORE + FIRST_SLASH + names + AFTER).matcher(text).find();
    }

    boolean atRoot() {
      return path.equals(ROOT);
    }

    String variable() {
      return InstanceSpec.volumeVariable(volume);
    }
  }

  /** What is to be told before the start: each volume with its path and its variable. */
  static List<String> notices(Plan plan) {
    SortedMap<String, TreeSet<String>> tasks = new TreeMap<>();
    tasks(plan)
        .forEach(
            task ->
                mounts(task.pod().container())
                    .forEach(
                        mount ->
                            tasks
                                .computeIfAbsent(notice(mount), text -> new TreeSet<>())
                                .add(task.name())));
    return tasks.entrySet().stream()
        .map(e -> e.getKey().formatted(String.join(", ", e.getValue())))
        .toList();
  }

  private static String notice(Mount mount) {
    return "The volume `%s` of %%s is not at %s here: it is the folder $%s."
        .formatted(escaped(mount.volume()), escaped(mount.path()), mount.variable());
  }

  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  /**
   * Tasks that name the {@code mountPath} of a volume of theirs, and not its variable, as far as
   * that can be known before the start: they would use the machine's own folder.
   *
   * @param given values of workflow parameters
   */
  static List<String> problems(Plan plan, Map<String, String> given) {
    return new LocalVolumes(plan, given).problems();
  }

  private List<String> problems() {
    return tasks(plan)
        .flatMap(task -> Stream.concat(ofTask(task), ofSidecars(task)))
        .distinct()
        .toList();
  }

  private Stream<String> ofTask(TaskTemplate task) {
    List<String> texts = texts(task).toList();
    return mounts(task.pod().container()).flatMap(mount -> problem(task, mount, texts));
  }

  private static Stream<String> problem(TaskTemplate task, Mount mount, List<String> texts) {
    if (mount.atRoot()) {
      return Stream.of(
          "`%s` has its volume `%s` at /, which is all of this machine locally: mount it at a folder, or give --allow-mount-paths"
              .formatted(task.name(), mount.volume()));
    }
    return Stream.of(mount)
        .filter(it -> texts.stream().anyMatch(it::namedIn))
        .filter(it -> texts.stream().noneMatch(text -> text.contains(it.variable())))
        .map(
            it ->
                "`%1$s` names %2$s, where its volume `%3$s` is not locally: it would use this machine's own %2$s. Name $%4$s instead, which is right on a cluster as well, or give --allow-mount-paths"
                    .formatted(task.name(), it.path(), it.volume(), it.variable()));
  }

  private static Stream<String> ofSidecars(TaskTemplate task) {
    return task.sidecars().stream()
        .flatMap(sidecar -> sidecar instanceof EventSidecar.Custom own ? Stream.of(own) : null)
        .flatMap(
            own ->
                mounts(own.container())
                    .filter(mount -> texts(own).anyMatch(mount::namedIn))
                    .map(
                        mount ->
                            "the sidecar `%1$s` of `%2$s` names %3$s, and has no volumes locally: it would use this machine's own %3$s. Run on a cluster, or give --allow-mount-paths"
                                .formatted(own.name(), task.name(), mount.path())));
  }

  private static Stream<TaskTemplate> tasks(Plan plan) {
    return plan.templates().values().stream()
        .flatMap(template -> template instanceof TaskTemplate task ? Stream.of(task) : null);
  }

  private static Stream<Mount> mounts(SortedMap<String, JsonNode> container) {
    JsonNode mounts = container.get("volumeMounts");
    return mounts == null
        ? Stream.empty()
        : mounts
            .valueStream()
            .map(it -> new Mount(it.path("name").asText(), path(it.path("mountPath").asText())))
            .filter(mount -> !mount.path().isEmpty());
  }

  private static String path(String text) {
    String path = withoutUps(text).replaceAll("/+(?:\\./+)*\\.?$", "");
    return path.isEmpty() && !text.isEmpty() ? ROOT : path;
  }

  private static String withoutUps(String text) {
    String before = text;
    String after = UP.matcher(before).replaceAll("");
    while (!after.equals(before)) {
      before = after;
      after = UP.matcher(before).replaceAll("");
    }
    return after;
  }

  /** All that its process may be given, but for what events bring. */
  private Stream<String> texts(TaskTemplate task) {
    Work work = task.work();
    Stream<Text> rest =
        switch (work) {
          case Work.Container container -> container.args().stream();
          case Work.Script script -> Stream.of(script.source());
        };
    return Stream.of(work.command().stream(), rest, work.env().values().stream(), values(task))
        .flatMap(texts -> texts)
        .map(text -> text.render(this::value));
  }

  private Stream<Text> values(TaskTemplate task) {
    Stream<Text> defaults =
        task.inputs().stream()
            .flatMap(
                i ->
                    i instanceof Input.FromArgument a ? Stream.ofNullable(a.defaultValue()) : null);
    Stream<Text> arguments =
        plan.templates().values().stream()
            .flatMap(LocalVolumes::steps)
            .filter(step -> step.template().equals(task.name()))
            .flatMap(step -> step.arguments().values().stream());
    return Stream.concat(defaults, arguments);
  }

  private static Stream<Step> steps(Template template) {
    return switch (template) {
      case StepsTemplate scope -> scope.groups().stream().flatMap(List::stream);
      case TaskTemplate _ -> Stream.empty();
    };
  }

  private String value(Text.Reference reference) {
    return reference instanceof Text.WorkflowParameter(String name)
        ? parameters.getOrDefault(name, "")
        : "";
  }

  private static Stream<String> texts(EventSidecar.Custom sidecar) {
    JsonNode env = sidecar.container().get("env");
    Stream<String> variables =
        env == null ? Stream.empty() : env.valueStream().map(it -> it.path("value").asText());
    return Stream.of(
            sidecar.texts("command").stream(),
            sidecar.texts("args").stream(),
            variables,
            sidecar.parameters().values().stream())
        .flatMap(texts -> texts);
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
