package dev.tiphys.cli.cluster;

import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.cli.run.Ending;
import dev.tiphys.cli.run.Interrupts;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.port.Instance;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiphys logs RUN|POD}. */
@Command(
    name = "logs",
    description = "Print what a run's tasks have printed, or one of its pods has.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tiphys logs coinflip-1a2b3c4d5e --task heads",
      "  tiphys logs -f coinflip-1a2b3c4d5e            until the run ends",
      "  tiphys logs coinflip-1a2b3c4d5e-heads-0123456789abcdef"
    })
public final class LogsCommand extends ClusterCommand {
  @Parameters(paramLabel = "RUN|POD", description = "Name of the run, or of one of its pods.")
  private String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run, or the pod, has ended.")
  private boolean follow;

  @Option(names = "--task", paramLabel = "NAME", description = "Only pods of this task.")
  private @Nullable String task;

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "Another container: a sidecar, say. Default: the task's own.")
  private String container = Marks.MAIN;

  @Override
  int run(Cluster cluster) throws InterruptedException {
    if (cluster.run(name).isPresent()) {
      return follow ? followRun(cluster) : readRun(cluster);
    }
    Pod pod = cluster.client().pods().inNamespace(cluster.namespace()).withName(name).get();
    if (pod == null) {
      throw invalid("neither a run nor a pod `%s` in `%s`".formatted(name, cluster.namespace()));
    }
    return print(new PodLog(cluster, name, container), follow, "");
  }

  private int readRun(Cluster cluster) {
    List<Instance> instances =
        cluster.pods(name).list().getItems().stream()
            .map(ObservedPod::of)
            .flatMap(Optional::stream)
            .filter(this::wanted)
            .sorted(Comparator.comparing(Instance::createdAt).thenComparing(Instance::name))
            .toList();
    int worst = ExitCode.OK;
    for (Instance instance : instances) {
      PodLog log = new PodLog(cluster, instance.name(), container);
      worst = Math.max(worst, print(log, false, prefix(instance)));
    }
    return worst;
  }

  private int followRun(Cluster cluster) throws InterruptedException {
    try (Followers followers = new Followers();
        RunWatch watch =
            new RunWatch(
                cluster,
                name,
                instance -> {
                  if (wanted(instance)) {
                    PodLog log = new PodLog(cluster, instance.name(), container);
                    followers.add(instance.name(), () -> print(log, true, prefix(instance)));
                  }
                });
        Interrupts _ = new Interrupts(watch::interrupt, watch::interrupt)) {
      Ending ending = watch.await(null);
      if (ending instanceof Ending.Interrupted) {
        return ExitCode.INTERRUPTED;
      }
      followers.await();
      return ExitCode.OK;
    }
  }

  private boolean wanted(Instance instance) {
    return instance.started() && (task == null || task.equals(instance.identity().task()));
  }

  /** A run's name is the same in all of them. */
  private String prefix(Instance instance) {
    String pod = instance.name();
    return (pod.startsWith(name + "-") ? pod.substring(name.length() + 1) : pod) + ": ";
  }

  private int print(PodLog log, boolean follows, String prefix) {
    try {
      if (follows) {
        log.follow(line -> print(prefix + line));
      } else {
        log.read(line -> print(prefix + line));
      }
      return ExitCode.OK;
    } catch (IOException e) {
      return unavailable("no more of the log of " + log.pod() + ": " + e.getMessage());
    }
  }

  private void print(String line) {
    // one call, so that lines of several pods do not mix
    out().println(line);
    out().flush();
  }
}
