package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalWatchesTest {
  private static final Plan PLAN =
      Objects.requireNonNull(
          Compiler.compile(
                  "watching.yaml",
                  """
                  apiVersion: argoproj.io/v1alpha1
                  kind: Workflow
                  metadata: {generateName: watching-}
                  spec:
                    entrypoint: main
                    templates:
                      - name: main
                        steps: [[{name: hear, template: hear}]]
                      - name: hear
                        inputs:
                          - name: order
                            valueFrom:
                              event: {metadata: {apiVersion: v1, kind: ConfigMap}, objectField: data.goods, eventPolicy: create}
                        container: {image: alpine, command: [echo, "{{inputs.parameters.order}}"]}
                  """)
              .value());

  @TempDir private Path folder;
  private final InMemoryKeys keys = new InMemoryKeys(new Random(1));
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @ParameterizedTest(name = "B3: a run for which there is no room holds up no other: {0} waits")
  @ValueSource(strings = {"one", "two"})
  void aRunWithoutRoomHoldsUpNoOther(String full) throws Exception {
    // Given
    Files.writeString(
        folder.resolve("a.yaml"), "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
    Broker broker =
        event -> {
          String run = String.valueOf(Attributes.value(event, Attributes.RUN));
          if (run.equals(full)) {
            return new CompletableFuture<>();
          }
          told.add(run);
          return CompletableFuture.completedFuture(null);
        };
    keys.create("one");
    keys.create("two");
    try (LocalWatches watches =
        LocalWatches.open(PLAN, folder, broker, keys, () -> Instant.EPOCH)) {
      // When
      watches.stored(run("one"));
      watches.stored(run("two"));

      // Then
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(full.equals("one") ? "two" : "one");
    }
  }

  private static Run run(String name) {
    Node root = new Node.Task("main", new TreeMap<>(), false, Phase.RUNNING, "");
    return Run.create(
        name, "watching", PLAN.id(), new TreeMap<>(), Instant.EPOCH, "main", root, null);
  }
}
