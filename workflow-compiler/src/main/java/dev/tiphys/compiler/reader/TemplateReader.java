package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Pod;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Work;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one template: a task or a scope of steps. */
final class TemplateReader {
  private static final List<String> TYPES = List.of("container", "script", "steps");
  private static final Set<String> TYPES_NOT_YET =
      Set.of("containerSet", "dag", "data", "http", "plugin", "resource", "suspend");
  private static final List<String> OF_TASKS =
      List.of(
          "parallelism", "concurrencyPolicy", "sidecars", "metadata", "outputs", "pendingTimeout");
  private static final Map<String, ConcurrencyPolicy> CONCURRENCY_POLICIES =
      Map.of(
          "Allow", ConcurrencyPolicy.ALLOW,
          "Forbid", ConcurrencyPolicy.FORBID,
          "Replace", ConcurrencyPolicy.REPLACE);

  private final Reading reading;
  private final InputReader inputs;
  private final WorkReader works;
  private final StepReader steps;
  private final SidecarReader sidecars;
  private final OutputsReader outputs;
  private final PodReader pods;
  private final MountReader mounts;

  TemplateReader(Reading reading) {
    this.reading = reading;
    this.inputs = new InputReader(reading);
    this.works = new WorkReader(reading);
    this.steps = new StepReader(reading);
    this.sidecars = new SidecarReader(reading);
    this.outputs = new OutputsReader(reading);
    this.pods = new PodReader(reading);
    this.mounts = new MountReader(reading);
  }

  /** Empty if it has no name, which has been reported. */
  Optional<Template> read(Fields fields) {
    Optional<Located<String>> name = fields.requiredText("name");
    Optional<Template> read = content(fields, name.orElse(new Located<>("", fields.at())));
    return name.map(n -> read.orElse(new Template.Broken(n)));
  }

  private Optional<Template> content(Fields fields, Located<String> name) {
    Optional<List<Input>> readInputs =
        fields.get("inputs").map(inputs::read).orElse(Optional.of(List.of()));
    List<String> types = TYPES.stream().filter(type -> fields.get(type).isPresent()).toList();
    if (types.size() != 1) {
      reportTypes(fields, name, types);
    }
    Optional<Template> content =
        fields.get("steps").isPresent()
            ? scope(fields, name, readInputs.orElse(List.of()))
            : task(fields, name, readInputs.orElse(List.of()));
    return readInputs.isPresent() && types.size() == 1 ? content : Optional.empty();
  }

  private void reportTypes(Fields fields, Located<String> name, List<String> types) {
    if (types.size() > 1) {
      reading
          .found()
          .report(
              Code.CONFLICTING_FIELDS,
              fields.at(),
              "the template `" + name + "` has " + String.join(" and ", types),
              "keep one of them; make another template of the other");
    } else if (TYPES_NOT_YET.stream().noneMatch(type -> fields.get(type).isPresent())) {
      fields.missing("container", "add `container`, `script` or `steps`");
    }
  }

  private Optional<Template> scope(Fields fields, Located<String> name, List<Input> inputs) {
    OF_TASKS.forEach(field -> refuse(fields, field));
    Shape.POD_OF_TEMPLATE.forEach(field -> refuse(fields, field));
    return fields
        .get("steps")
        .flatMap(steps::groups)
        .map(groups -> new Template.Steps(name, inputs, groups));
  }

  private void refuse(Fields fields, String field) {
    fields
        .get(field)
        .ifPresent(
            node ->
                reading
                    .found()
                    .report(
                        Code.UNSUPPORTED_FIELD,
                        node.at(),
                        "`" + field + "` on a `steps` template is not supported yet",
                        "set it on the container or script that the steps call"));
  }

  private Optional<Template> task(Fields fields, Located<String> name, List<Input> inputs) {
    Optional<Work> work = works.read(fields);
    List<Sidecar> watchers =
        new ArrayList<>(reading.each(fields.list("sidecars"), Shape.SIDECAR, sidecars::read));
    fields.fields("outputs", Shape.OUTPUTS).map(outputs::events).ifPresent(watchers::addAll);
    Optional<Located<Integer>> parallelism = fields.count("parallelism");
    Optional<Located<ConcurrencyPolicy>> policy =
        fields.text("concurrencyPolicy").flatMap(this::concurrencyPolicy);
    Pod pod = pods.ofTask(fields);
    return work.map(
        w ->
            new Template.Task(
                name,
                inputs,
                w,
                mounts.place(watchers, pod),
                parallelism.orElse(null),
                policy.orElse(null),
                pod));
  }

  private Optional<Located<ConcurrencyPolicy>> concurrencyPolicy(Located<String> word) {
    return reading
        .values()
        .choice(word, "concurrencyPolicy", CONCURRENCY_POLICIES, Set.of())
        .map(policy -> word.map(w -> policy));
  }
}
