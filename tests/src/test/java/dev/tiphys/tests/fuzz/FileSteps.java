package dev.tiphys.tests.fuzz;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A Plan's steps are those of the file, as a library for YAML finds them, and lead nowhere else.
 */
final class FileSteps {
  private static final int MANY_ALIASES = 10_000;

  private FileSteps() {}

  static void check(String text, Plan plan) {
    plan.template(plan.entrypoint());
    Optional<Object> file = load(text);
    for (var template : plan.templates().values()) {
      if (template instanceof StepsTemplate steps) {
        steps.groups().stream().flatMap(List::stream).map(Step::template).forEach(plan::template);
        file.ifPresent(
            it ->
                Expect.same(
                    inFile(it, steps.name()),
                    steps.groups().stream()
                        .map(group -> group.stream().map(FileSteps::told).toList())
                        .toList(),
                    "the steps of " + steps.name()));
      }
    }
  }

  /** Empty for what the library does not read as the compiler does: merge keys, and tags. */
  private static Optional<Object> load(String text) {
    if (text.contains("<<")) {
      return Optional.empty();
    }
    LoadSettings texts =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setMaxAliasesForCollections(MANY_ALIASES)
            .build();
    try {
      return Optional.of(new Load(texts).loadFromString(text));
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private static List<List<String>> inFile(Object file, String template) {
    return items(field(field(file, "spec"), "templates"))
        .filter(it -> field(it, "name").equals(template))
        .flatMap(it -> items(field(it, "steps")))
        .map(group -> items(group).map(FileSteps::told).toList())
        .toList();
  }

  private static String told(Object step) {
    String failed = field(field(step, "continueOn"), "failed").toString();
    return field(step, "name")
        + " "
        + field(step, "template")
        + " "
        + failed.toLowerCase(Locale.ROOT).equals("true");
  }

  private static String told(Step step) {
    return step.name() + " " + step.template() + " " + step.continueOnFailed();
  }

  private static Object field(Object of, String name) {
    return of instanceof Map<?, ?> fields ? Objects.requireNonNullElse(fields.get(name), "") : "";
  }

  private static Stream<?> items(Object of) {
    return of instanceof List<?> list ? list.stream() : Stream.empty();
  }
}
