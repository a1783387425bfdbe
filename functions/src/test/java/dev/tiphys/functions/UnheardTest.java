package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.memory.InMemoryKeys;
import dev.tiphys.functions.memory.InMemoryRunParts;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A11: what becomes of an event from outside while no run of the workflow is active. */
class UnheardTest {
  private final World world = new World(plan());

  /** {@code order} starts shop and updates till, price updates screen, closing stops it. */
  private static Plan plan() {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("screen", null), PlanBuilder.step("till", null)),
            List.of(PlanBuilder.step("shop", null)))
        .task(
            "screen",
            List.of(PlanBuilder.updatedBy("price"), PlanBuilder.deletedBy("closing")),
            null)
        .task("till", List.of(PlanBuilder.updatedBy("order")), null)
        .task("shop", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
        .build();
  }

  private static Plan with(Plan plan, List<Rule> rules) {
    return new Plan(
        plan.workflow(),
        plan.runPrefix(),
        plan.entrypoint(),
        plan.parameters(),
        plan.parallelism(),
        plan.templates(),
        rules);
  }

  @ParameterizedTest
  @CsvSource({"START, order", "UPDATE, price"})
  @DisplayName("A11: what would start or update something is refused for good, and counted")
  void whatWouldStartOrUpdateIsRefusedForGood(Reaction reaction, String type) {
    // When
    Response response = world.deliver(reaction, world.posted("1", type, "bread"));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.retryable()).isFalse();
    assertThat(response.problem()).contains("no run of flow is active");
    assertThat(world.reactions.counters().of(Counters.Refusal.NO_RUN)).isEqualTo(1);
  }

  @Test
  @DisplayName("A11: nor does it reach a run that is over")
  void itDoesNotReachARunThatIsOver() {
    // Given
    world.begin("{}");
    world.reactions.end(world.run().name(), "over");
    // When
    Response response = world.deliver(Reaction.START, world.posted("1", "order", "bread"));
    // Then
    assertThat(response.status()).isEqualTo(422);
  }

  @Test
  @DisplayName("A11: an event that several functions react to is refused by one of them")
  void anEventOfSeveralFunctionsIsRefusedOnce() {
    // When
    Response response = world.deliver(Reaction.UPDATE, world.posted("1", "order", "bread"));
    // Then
    assertThat(response.success()).isTrue();
    assertThat(world.reactions.counters().of(Counters.Refusal.NO_RUN)).isZero();
  }

  @Test
  @DisplayName("A11: a stop is taken: there is nothing that it would have to stop")
  void aStopIsTaken() {
    assertThat(world.deliver(Reaction.STOP, world.posted("1", "closing", "")).success()).isTrue();
  }

  @Test
  @DisplayName("A11: an event that begins a run is not refused by the function that starts tasks")
  void anEventThatBeginsARunIsNotRefused() {
    // Given
    List<Rule> rules = new ArrayList<>(plan().rules());
    rules.add(new Rule.Begin(new EventFilter("order", new TreeMap<>(), true), "order"));
    World shop = new World(with(plan(), rules));
    // When
    Response response = shop.deliver(Reaction.START, shop.posted("1", "order", "bread"));
    // Then
    assertThat(response.success()).isTrue();
  }

  @Test
  @DisplayName("A11: an event that no rule would take in a run is taken without one")
  void anEventThatNoRuleTakesIsTaken() {
    // Given
    EventFilter red = new EventFilter("order", new TreeMap<>(Map.of("subject", "red")), true);
    World shop = new World(with(plan(), List.of(new Rule.Start(red, "main", "shop"))));
    // When
    Response response = shop.deliver(Reaction.START, shop.posted("1", "order", "bread"));
    // Then
    assertThat(response.success()).isTrue();
  }

  @Test
  @DisplayName("A11: what comes before a run has begun that a person created comes again")
  void whatComesBeforeACreatedRunHasBegunComesAgain() {
    // Given
    world.runs.request(
        new RunRequest("mine", world.plan.workflow(), world.plan.id(), new TreeMap<>()));
    CloudEvent order = world.posted("1", "order", "bread");
    Response early = world.deliver(Reaction.START, order);
    // When
    world.deliver(
        Reaction.BEGIN,
        world
            .external("begin", EventTypes.RUN_BEGIN)
            .withExtension(Attributes.RUN, "mine")
            .build());
    Response again = world.deliver(Reaction.START, order);
    // Then
    assertThat(early.status()).isEqualTo(503);
    assertThat(again.success()).isTrue();
    assertThat(world.instances.of("mine"))
        .extracting(instance -> instance.identity().task())
        .containsExactly("shop");
    assertThat(world.reactions.counters().of(Counters.Refusal.NO_RUN)).isZero();
  }

  @Test
  @DisplayName("A11: nor is it refused where the run begins while the function looks")
  void itIsNotRefusedWhereTheRunBeginsMeanwhile() throws IOException {
    // Given: a run that begins right after the active ones were listed
    World begun = World.begun(plan());
    ForwardingRuns beginning =
        new ForwardingRuns(begun.runs) {
          private int lists;

          @Override
          public List<Run> active(String workflow) {
            return lists++ == 0 ? List.of() : super.active(workflow);
          }
        };
    Reactions reactions =
        new Reactions(
            id -> Optional.of(begun.plan),
            beginning,
            new InMemoryRunParts(),
            new InMemoryInstances(begun::now),
            new InMemoryKeys(new Random(1)),
            begun::now);
    // When
    Response response =
        reactions.subscriber(Reaction.START).deliver(begun.posted("1", "order", "bread"));
    // Then
    assertThat(response.status()).isEqualTo(503);
  }

  @Test
  @DisplayName("A11: an event that a run has taken is not lost when it comes again after its end")
  void whatARunHasTakenIsNotLost() {
    // Given
    world.begin("{}");
    CloudEvent order = world.posted("1", "order", "bread");
    world.deliver(Reaction.START, order);
    world.reactions.end(world.run().name(), "over");
    // When
    Response again = world.deliver(Reaction.START, order);
    Response another = world.deliver(Reaction.START, world.posted("2", "order", "bread"));
    // Then
    assertThat(again.success()).isTrue();
    assertThat(another.status()).isEqualTo(422);
  }

  @Test
  @DisplayName("A11: an event of another workflow's task may be for its own run alone")
  void anEventOfAnotherWorkflowsTaskIsTaken() {
    // Given
    CloudEvent event =
        CloudEventBuilder.from(world.posted("1", "order", "flour"))
            .withSource(new StreamSource("farm", "farm-1", "farm-1-mill", "output-1").uri())
            .withExtension(Attributes.RUN, "farm-1")
            .build();
    // When
    Response response = world.deliver(Reaction.START, event);
    // Then
    assertThat(response.success()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {Attributes.END_OF_STREAM, Attributes.REFUSED})
  @DisplayName("A11: what ends another workflow's stream, or stands in there, is taken")
  void whatIsNoEventIsTaken(String attribute) {
    // Given
    CloudEvent marker =
        CloudEventBuilder.from(world.posted("1", "order", ""))
            .withSource(new StreamSource("farm", "farm-1", "farm-1-mill", "output-1").uri())
            .withExtension(Attributes.RUN, "farm-1")
            .withExtension(attribute, "true")
            .build();
    // When
    Response response = world.deliver(Reaction.START, marker);
    // Then
    assertThat(response.success()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {Attributes.END_OF_STREAM, Attributes.REFUSED})
  void whatNamesNoRunHasNoPartInAStream(String attribute) {
    // Given: a run that would take the event
    world.begin("{}");
    CloudEvent event =
        CloudEventBuilder.from(world.posted("1", "order", "bread"))
            .withExtension(attribute, "true")
            .build();
    // When
    Response response = world.deliver(Reaction.START, event);
    Optional<Response> told = refusal(event);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("`" + attribute + "`");
    assertThat(told).hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(422));
  }

  @Test
  @DisplayName("A11: a broker in the same process tells the sender")
  void aBrokerInTheSameProcessTellsTheSender() {
    // When
    Optional<Response> order = refusal(world.posted("1", "order", "bread"));
    Optional<Response> closing = refusal(world.posted("2", "closing", ""));
    world.begin("{}");
    Optional<Response> inRun = refusal(world.posted("3", "order", "bread"));
    // Then
    assertThat(order).hasValueSatisfying(told -> assertThat(told.status()).isEqualTo(422));
    assertThat(closing).isEmpty();
    assertThat(inRun).isEmpty();
  }

  private Optional<Response> refusal(CloudEvent event) {
    return world.reactions.refusal(world.plan.id(), event);
  }
}
