package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Parameter;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Templates;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.compiler.source.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole workflow. */
public final class WorkflowReader {
  private static final Map<String, Boolean> BOOLEANS = Map.of("true", true, "false", false);
  private static final Map<String, String> API_VERSIONS =
      Map.of(
          "argoproj.io/v1alpha1", "argoproj.io/v1alpha1",
          "tiphys.dev/v1alpha1", "tiphys.dev/v1alpha1");
  private static final Map<String, String> KINDS = Map.of("Workflow", "Workflow");
  private static final Set<String> KINDS_NOT_YET =
      Set.of("WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow");

  private final Reading reading;
  private final Diagnostics found;

  private WorkflowReader(Reading reading) {
    this.reading = reading;
    this.found = reading.found();
  }

  /** Empty if the file holds something else than a workflow, which has been reported. */
  public static Optional<Workflow> read(Yaml root, Diagnostics found) {
    return new WorkflowReader(Reading.into(found)).workflow(root);
  }

  private Optional<Workflow> workflow(Yaml root) {
    Optional<Yaml.Mapping> mapping = reading.values().mapping(root, "a workflow");
    if (mapping.isEmpty() || !isWorkflow(mapping.get())) {
      return Optional.empty();
    }
    Fields fields = new Fields(mapping.get(), Shape.WORKFLOW, reading.values(), found);
    Optional<Fields> metadata = inner(fields, "metadata", Shape.METADATA);
    Optional<Fields> spec = inner(fields, "spec", Shape.SPEC);
    Optional<Located<String>> name = metadata.flatMap(m -> m.text("name"));
    Optional<Located<String>> generateName = metadata.flatMap(m -> m.text("generateName"));
    boolean allowed = metadata.map(this::eventValuesInCode).orElse(false);
    metadata.ifPresent(m -> checkMetadata(m, name.or(() -> generateName)));
    return spec.map(
        s ->
            new Workflow(
                name.or(() -> generateName.map(g -> g.map(WorkflowReader::withoutDash)))
                    .orElse(null),
                generateName
                    .or(() -> name.map(n -> n.map(v -> v + "-")))
                    .map(Located::value)
                    .orElse(null),
                s.requiredText("entrypoint").orElse(null),
                parameters(s),
                s.count("parallelism").map(Located::value).orElse(null),
                templates(s),
                new PodReader(reading).ofWorkflow(s),
                allowed,
                !found.hasErrors()));
  }

  /** Anything else is told in one sentence, not by its fields. */
  private boolean isWorkflow(Yaml.Mapping root) {
    Shape any = Shape.any(Shape.WORKFLOW.what(), root);
    Fields fields = new Fields(root, any, reading.values(), found);
    Optional<String> version =
        fields
            .requiredText("apiVersion")
            .flatMap(v -> reading.values().choice(v, "apiVersion", API_VERSIONS, Set.of()));
    Optional<String> kind =
        fields
            .requiredText("kind")
            .flatMap(k -> reading.values().choice(k, "kind", KINDS, KINDS_NOT_YET));
    return version.isPresent() && kind.isPresent();
  }

  private static Optional<Fields> inner(Fields fields, String field, Shape shape) {
    return fields.required(field).isPresent() ? fields.fields(field, shape) : Optional.empty();
  }

  private static String withoutDash(String generateName) {
    return generateName.endsWith("-")
        ? generateName.substring(0, generateName.length() - 1)
        : generateName;
  }

  private void checkMetadata(Fields metadata, Optional<Located<String>> name) {
    if (name.isEmpty()
        && metadata.get("name").isEmpty()
        && metadata.get("generateName").isEmpty()) {
      metadata.missing("name", "add `name: ...`, or `generateName: ...-` for a name per run");
    }
    metadata.text("namespace");
    metadata.get("labels").ifPresent(node -> reading.values().texts(node, "`labels`"));
  }

  private boolean eventValuesInCode(Fields metadata) {
    return metadata
        .get("annotations")
        .filter(node -> reading.values().texts(node, "`annotations`").isPresent())
        .flatMap(node -> ((Yaml.Mapping) node).get(Workflow.ALLOW_EVENT_VALUES_IN_CODE))
        .flatMap(node -> node instanceof Yaml.Scalar s ? Optional.of(s) : Optional.empty())
        .flatMap(
            s ->
                reading
                    .values()
                    .choice(new Located<>(s.text(), s.at()), "choice", BOOLEANS, Set.of()))
        .orElse(false);
  }

  private @Nullable List<Parameter> parameters(Fields spec) {
    if (spec.get("arguments").isEmpty()) {
      return List.of();
    }
    Optional<Fields> arguments = spec.fields("arguments", Shape.WORKFLOW_ARGUMENTS);
    if (arguments.isEmpty()) {
      return null;
    }
    Optional<Yaml> list = arguments.get().get("parameters");
    if (list.filter(node -> !(node instanceof Yaml.Sequence)).isPresent()) {
      arguments.get().list("parameters");
      return null;
    }
    return reading.each(
        arguments.get().list("parameters"), Shape.WORKFLOW_PARAMETER, this::parameter);
  }

  private Optional<Parameter> parameter(Fields fields) {
    fields.text("description");
    Optional<Yaml.Scalar> value = fields.parameterValue("value");
    value.ifPresent(this::refuseReferences);
    return fields
        .requiredText("name")
        .map(name -> new Parameter(name, value.map(Yaml.Scalar::text).orElse(null)));
  }

  private void refuseReferences(Yaml.Scalar value) {
    int open = TaggedTextReader.firstReference(value.text());
    if (open >= 0) {
      found.report(
          Code.UNSUPPORTED_VARIABLE,
          value.layout().at(open),
          "a reference in a workflow parameter is not supported yet",
          "put the reference where the parameter is used");
    }
  }

  private Templates templates(Fields spec) {
    if (spec.required("templates").isEmpty()) {
      return new Templates(List.of());
    }
    TemplateReader reader = new TemplateReader(reading);
    List<Template> templates = reading.each(spec.list("templates"), Shape.TEMPLATE, reader::read);
    return new Templates(templates);
  }
}
