package dev.tiphys.cli;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.options.BrokerOptions;
import dev.tiphys.cli.options.DeploymentOptions;
import dev.tiphys.cli.options.KafkaOptions;
import dev.tiphys.cli.options.PubsubOptions;
import dev.tiphys.cli.source.WorkflowFile;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Manifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiphys compile}. */
@Command(
    name = "compile",
    description = "Print what a cluster needs to run a workflow.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys compile coinflip.yaml | kubectl apply -f -",
      "  tiphys compile --only=workflow coinflip.yaml | kubectl delete -f -",
      "  tiphys compile -o plan coinflip.yaml       the rules that it was compiled to",
      "  generate | tiphys compile -                a workflow from standard input"
    })
final class CompileCommand implements Callable<Integer> {
  /** A part of the objects. */
  enum Half {
    WORKFLOW,
    SHARED
  }

  /** What is printed. */
  enum Output {
    YAML,
    PLAN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private WorkflowFile file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description =
          "yaml: Knative and Kubernetes objects; plan: the compiled workflow, as JSON."
              + " Default: ${DEFAULT-VALUE}.")
  private Output output = Output.YAML;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the objects are to be. Default: wherever they are applied.")
  private @Nullable String namespace;

  @Option(
      names = "--only",
      paramLabel = "HALF",
      description =
          "workflow: what no other workflow has, so that deleting it touches nothing else; shared:"
              + " what all workflows of a namespace share. Default: both.")
  private @Nullable Half only;

  @Mixin private BrokerOptions broker;

  @Mixin private PubsubOptions pubsub;

  @Mixin private KafkaOptions kafka;

  @Mixin private DeploymentOptions deployment;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Options options = pubsub.in(broker.in(deployment.options(namespace)), kafka);
    Optional<Plan> plan = file.compile(deployment.logs());
    plan.map(p -> text(p, options)).ifPresent(spec.commandLine().getOut()::print);
    spec.commandLine().getOut().flush();
    return plan.isPresent() ? ExitCode.OK : ExitCode.INVALID;
  }

  private String text(Plan plan, Options options) {
    return switch (output) {
      case YAML -> manifests(plan, options);
      case PLAN -> plan.toJson() + "\n";
    };
  }

  private List<HasMetadata> objects(Plan plan, Options options) {
    return switch (only) {
      case null -> KnativeManifests.of(plan, options);
      case WORKFLOW -> KnativeManifests.ofWorkflow(plan, options);
      case SHARED -> KnativeManifests.shared(options);
    };
  }

  private String manifests(Plan plan, Options options) {
    try {
      return Manifests.toYaml(objects(plan, options));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
