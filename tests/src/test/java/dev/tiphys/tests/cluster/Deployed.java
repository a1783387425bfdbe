package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Tiphys, in a namespace of the test class's own. */
final class Deployed implements AfterAllCallback, TestExecutionExceptionHandler {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private final TestNamespace namespace;
  private final List<String> options;

  /**
   * @param options of {@code compile}
   */
  Deployed(TestNamespace namespace, String... options) throws Exception {
    Images.onTheNodes();
    this.namespace = namespace;
    this.options = List.of(options);
    Command.Outcome crd = Cli.run("install", "--crd-only");
    assertThat(crd.exitCode()).as(crd.output()).isZero();
    namespace.client().load(stream(crd.output())).serverSideApply();
  }

  /** For a field of a test class. */
  static Deployed in(TestNamespace namespace) {
    try {
      return new Deployed(namespace);
    } catch (Exception e) {
      throw new IllegalStateException("cannot be deployed", e);
    }
  }

  TestNamespace namespace() {
    return namespace;
  }

  /** Applies what a file compiles to, and begins no run. */
  void apply(Path file) throws Exception {
    Command.Outcome compiled = Cli.run("compile", file.toString(), "--namespace", namespace.name());
    assertThat(compiled.exitCode()).as(compiled.output()).isZero();
    for (HasMetadata object : namespace.client().load(stream(compiled.output())).items()) {
      // what all workflows share may have been applied by a submit
      namespace.client().resource(object).forceConflicts().serverSideApply();
    }
  }

  /** Submits a file of {@code examples/}, and gives the run's name. */
  String submitExample(String file, String... more) throws Exception {
    return submit(EXAMPLES.resolve(file), more);
  }

  /** Submits a file, and gives the run's name. */
  String submit(Path file, String... more) throws Exception {
    Set<String> before = names();
    List<String> arguments = new ArrayList<>(List.of("submit", file.toString()));
    arguments.addAll(List.of("--namespace", namespace.name()));
    arguments.addAll(options);
    arguments.addAll(List.of(more));
    Command.Outcome outcome = Cli.run(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    Wait.until("a run of " + file, () -> names().size() > before.size());
    Set<String> after = names();
    after.removeAll(before);
    return after.iterator().next();
  }

  /** Waits for the run's end, and gives its phase. */
  WorkflowRun end(String run) throws Exception {
    Wait.until(
        run + " ends",
        Wait.LONG,
        () -> List.of("Succeeded", "Failed", "Error").contains(namespace.phase(run)),
        () -> namespace.run(run).getStatus());
    return namespace.run(run);
  }

  /** Waits for the run's end, which has to be a success. */
  WorkflowRunStatus succeeded(String run) throws Exception {
    WorkflowRunStatus status = Objects.requireNonNull(end(run).getStatus());
    assertThat(status.phase()).as(status.toString()).isEqualTo("Succeeded");
    return status;
  }

  /** Publishes an event from outside. */
  void publish(String workflow, String type, String data) throws Exception {
    Command.Outcome outcome =
        Cli.run("publish", type, data, "--workflow", workflow, "--namespace", namespace.name());
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
  }

  /** Whether an instance of the task runs. */
  boolean running(String run, String task) {
    return namespace.tasks(run, task).stream()
        .anyMatch(pod -> pod.getStatus().getPhase().equals("Running"));
  }

  private Set<String> names() {
    return namespace.runs().stream()
        .map(run -> run.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  /** Loaded once, by whichever test is first. */
  private static final class Images {
    static {
      try {
        Node.loadImages(
            "../images/target/tiphys-functions.tar", "../images/target/tiphys-sidecars.tar");
      } catch (Exception e) {
        throw new IllegalStateException("the images are not on the nodes", e);
      }
    }

    static void onTheNodes() {}
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    try {
      namespace.keepLogs();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    namespace.close();
  }
}
