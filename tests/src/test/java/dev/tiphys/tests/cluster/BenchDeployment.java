package dev.tiphys.tests.cluster;

import dev.tiphys.functions.kubernetes.api.Marks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A workflow in a namespace of its own, to be measured. */
final class BenchDeployment implements AutoCloseable {
  private final TestNamespace namespace;
  private final BenchRun run;

  private BenchDeployment(TestNamespace namespace, BenchRun run) {
    this.namespace = namespace;
    this.run = run;
  }

  /** Deploys the workflow, and waits until its run runs. */
  static BenchDeployment of(String workflow) throws Exception {
    TestNamespace namespace = TestNamespace.create("bench");
    try {
      Deployed deployed = new Deployed(namespace);
      Path file = Files.writeString(Files.createTempFile("bench", ".yaml"), workflow);
      String name = deployed.submit(file);
      Wait.until("it runs", () -> deployed.running(name, "hold"));
      return new BenchDeployment(
          namespace, new BenchRun(namespace.client(), namespace.name(), name));
    } catch (Exception e) {
      namespace.close();
      throw e;
    }
  }

  BenchRun run() {
    return run;
  }

  TestNamespace namespace() {
    return namespace;
  }

  /** Whether nothing runs but {@code hold} and what is Tiphys's own. */
  boolean quiet() {
    return namespace.livePods().stream()
        .map(pod -> pod.getMetadata().getLabels())
        .allMatch(
            labels ->
                "hold".equals(labels.get(Marks.TASK))
                    || "tiphys".equals(labels.get("app.kubernetes.io/name")));
  }

  /** The start function's address inside the cluster. */
  URI function() {
    String plan =
        Objects.requireNonNull(
            namespace.run(namespace.runs().getFirst().getMetadata().getName()).getSpec().plan());
    return URI.create(
        "http://tiphys-functions." + namespace.name() + ".svc.cluster.local/start/" + plan);
  }

  /** The same address as it is known outside of the cluster. */
  URI reachable(URI inside) {
    return namespace.reachable(inside);
  }

  @Override
  public void close() {
    run.close();
    namespace.close();
  }
}
