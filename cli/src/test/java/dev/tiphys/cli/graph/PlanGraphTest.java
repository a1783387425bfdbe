package dev.tiphys.cli.graph;

import static dev.tiphys.cli.graph.Plans.emitter;
import static dev.tiphys.cli.graph.Plans.event;
import static dev.tiphys.cli.graph.Plans.external;
import static dev.tiphys.cli.graph.Plans.gathering;
import static dev.tiphys.cli.graph.Plans.joining;
import static dev.tiphys.cli.graph.Plans.plan;
import static dev.tiphys.cli.graph.Plans.startedBy;
import static dev.tiphys.cli.graph.Plans.step;
import static dev.tiphys.cli.graph.Plans.steps;
import static dev.tiphys.cli.graph.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanGraphTest {
  @Test
  void aStepThatIsStartedBySeveralEventsSaysWhichBelongTogether() {
    // Given
    Plan plan =
        plan(
            List.of(
                new Rule.Start(event("done"), "main", "ship"),
                new Rule.Start(event("coin"), "main", "ship"),
                new Rule.Start(event("coin"), "main", "train")),
            steps("main", List.of(step("flip"), step("end"), step("ship"), step("train"))),
            emitter("flip", "coin"),
            emitter("end", "done"),
            joining("ship", "order", "coin", "done"),
            gathering("train", "coin", new Window.Time(30_000, 10_000)));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(drawn(graph))
        .contains(
            "flip -coin/CREATE-> ship", "end -done/CREATE-> ship", "flip -coin/CREATE-> train");
    assertThat(graph.scopes().getFirst().nodes())
        .extracting(Graph.Node::label, Graph.Node::details)
        .contains(
            tuple("ship", List.of("joins coin and done by order")),
            tuple("train", List.of("windows of 30 s every 10 s")));
  }

  @Test
  void eachStepWaitsForTheGroupBeforeIt() {
    // Given
    Plan plan =
        plan(
            List.of(),
            steps("main", List.of(step("a")), List.of(step("b"), step("c"))),
            task("a"),
            task("b"),
            task("c"));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(drawn(graph)).containsExactly("a -> b", "a -> c", "BEGINNING -> a");
  }

  @Test
  void aBarrierStandsBetweenTwoGroupsOfSeveral() {
    // Given
    Plan plan =
        plan(
            List.of(),
            steps("main", List.of(step("a"), step("b")), List.of(step("c"), step("d"))),
            task("a"),
            task("b"),
            task("c"),
            task("d"));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(drawn(graph))
        .containsExactly(
            "a -> BARRIER",
            "b -> BARRIER",
            "BARRIER -> c",
            "BARRIER -> d",
            "BEGINNING -> a",
            "BEGINNING -> b");
  }

  @Test
  void anEventStartedStepWaitsForNoGroupBeforeItYetIsWaitedFor() {
    // Given
    Plan plan =
        plan(
            List.of(new Rule.Start(event("coin"), "main", "heads")),
            steps("main", List.of(step("flip")), List.of(step("heads")), List.of(step("last"))),
            emitter("flip", "coin"),
            startedBy("heads", event("coin")),
            task("last"));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(drawn(graph))
        .containsExactly(
            "heads -> last", "flip -> last", "BEGINNING -> flip", "flip -coin/CREATE-> heads");
  }

  @Test
  void anEventGoesFromEveryStepOfAnEmitterToEveryStepThatItConcerns() {
    // Given
    Plan plan =
        plan(
            List.of(new Rule.Stop(event("enough"), "worker")),
            steps("main", List.of(step("w1", "worker"), step("w2", "worker"), step("judge"))),
            task("worker"),
            emitter("judge", "enough"));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(drawn(graph))
        .contains("judge -enough/DELETE-> w1", "judge -enough/DELETE-> w2")
        .hasSize(5);
  }

  @Test
  void anExternalEventComesFromOneNodeOutsideOfAllScopes() {
    // Given
    Plan plan =
        plan(
            List.of(
                new Rule.Start(external("order"), "main", "handle"),
                new Rule.Stop(external("order"), "wait")),
            steps("main", List.of(step("wait"), step("handle"))),
            task("wait"),
            startedBy("handle", external("order")));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(graph.nodes())
        .filteredOn(node -> node.kind() == Graph.Kind.EXTERNAL)
        .singleElement()
        .extracting(Graph.Node::label)
        .isEqualTo("order");
    assertThat(drawn(graph)).contains("order -order/CREATE-> handle", "order -order/DELETE-> wait");
  }

  @Test
  void aScopeIsDrawnOnceAndItsLaterCallsPointToItsName() {
    // Given
    Plan plan =
        plan(
            List.of(),
            steps("main", List.of(step("first", "inner")), List.of(step("second", "inner"))),
            steps("inner", List.of(step("work"), step("again", "inner"))),
            task("work"));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    Graph.Scope main = graph.scopes().getFirst();
    assertThat(main.scopes())
        .extracting(Graph.Scope::label)
        .containsExactly("first: template inner");
    assertThat(main.nodes())
        .extracting(Graph.Node::kind, Graph.Node::label)
        .containsExactly(tuple(Graph.Kind.CALL, "second"));
    assertThat(drawn(graph))
        .containsExactlyInAnyOrder(
            "BEGINNING -> work", "BEGINNING -> again", "work -> second", "again -> second");
  }

  @Test
  void anEntrypointThatIsATaskStandsAlone() {
    // Given
    Plan plan =
        plan(
            List.of(new Rule.Begin(external("order"), "value")),
            startedBy("only", external("order")));
    // When
    Graph graph = PlanGraph.of(plan);
    // Then
    assertThat(graph.scopes()).isEmpty();
    assertThat(drawn(graph))
        .containsExactly("BEGINNING -> only", "order -order/CREATE-> BEGINNING");
  }

  /** Edges with labels in place of ids. */
  private static List<String> drawn(Graph graph) {
    Map<String, String> names = new HashMap<>();
    graph.nodes().forEach(node -> names.put(node.id(), name(node)));
    graph.scopes().forEach(scope -> collect(scope, names));
    return graph.edges().stream().map(edge -> drawn(edge, names)).toList();
  }

  private static void collect(Graph.Scope scope, Map<String, String> names) {
    scope.nodes().forEach(node -> names.put(node.id(), name(node)));
    scope.scopes().forEach(inner -> collect(inner, names));
  }

  private static String name(Graph.Node node) {
    return node.label().isEmpty() ? node.kind().name() : node.label();
  }

  private static String drawn(Graph.Edge edge, Map<String, String> names) {
    String line =
        switch (edge) {
          case Graph.Control _ -> " -> ";
          case Graph.Event event -> " -" + event.label() + "/" + event.policy() + "-> ";
        };
    return names.get(edge.from()) + line + names.get(edge.to());
  }
}
