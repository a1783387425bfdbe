package dev.tiphys.cli.cluster;

import dev.tiphys.cli.ExitCode;
import dev.tiphys.functions.kubernetes.KubernetesKeys;
import dev.tiphys.functions.kubernetes.WorkflowRun;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Signature;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tiphys stop RUN}. */
@Command(
    name = "stop",
    description = {
      "Stop a run: its tasks get SIGTERM and their grace period, and it ends as Failed, \"stopped"
          + " by a person\". It takes the right to read the run's Secret."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tiphys stop coinflip-1a2b3c4d5e"})
public final class StopCommand extends ClusterCommand {
  private static final URI SOURCE = URI.create("/tiphys/cli");

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name;

  @Mixin private BrokerAccess access;

  @Override
  int run(Cluster cluster) throws InterruptedException {
    WorkflowRun run = find(cluster, name);
    RunRecord record = RunRecord.of(run);
    if (record.finishedAt() != null) {
      out().println("workflowrun.tiphys.dev/" + name + " is over already: " + record.phase());
      return ExitCode.OK;
    }
    Optional<byte[]> key = key(cluster);
    if (key.isEmpty()) {
      return unavailable("the run has no key yet: try again");
    }
    Optional<String> problem =
        access
            .to(URI.create(run.getSpec().sink()), run.getSpec().audience(), cluster)
            .of(Signature.sign(event(run), key.get()));
    if (problem.isPresent()) {
      return unavailable(problem.get());
    }
    out().println("workflowrun.tiphys.dev/" + name + " stops");
    return ExitCode.OK;
  }

  private Optional<byte[]> key(Cluster cluster) {
    Secret secret =
        cluster
            .client()
            .secrets()
            .inNamespace(cluster.namespace())
            .withName(name + KubernetesKeys.SUFFIX)
            .get();
    return Optional.ofNullable(secret)
        .flatMap(it -> Optional.ofNullable(it.getData()))
        .flatMap(data -> Optional.ofNullable(data.get(KubernetesKeys.ENTRY)))
        .map(Base64.getDecoder()::decode);
  }

  private CloudEvent event(WorkflowRun run) {
    return CloudEventBuilder.v1()
        .withId(UUID.randomUUID().toString())
        .withSource(SOURCE)
        .withType(EventTypes.RUN_STOP)
        .withExtension(Attributes.WORKFLOW, run.getSpec().workflow())
        .withExtension(Attributes.RUN, name)
        .withExtension(Attributes.PARTITION_KEY, name)
        .build();
  }
}
