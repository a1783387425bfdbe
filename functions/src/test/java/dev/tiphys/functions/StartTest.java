package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Text;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartTest {
  private World world = World.begun(PlanBuilder.coinflip());

  @Test
  void startsOneInstanceWhenTheEventIsDeliveredTwice() {
    // Given
    CloudEvent heads = coin(1, "heads");
    // When
    world.deliver(Reaction.START, heads);
    world.deliver(Reaction.START, heads);
    // Then
    assertThat(world.of("heads")).hasSize(1);
  }

  @Test
  void recordsAnEventWhoseConditionIsFalseOnce() {
    // Given
    CloudEvent tails = coin(1, "tails");
    // When
    world.deliver(Reaction.START, tails);
    world.deliver(Reaction.START, tails);
    // Then
    assertThat(world.of("heads")).isEmpty();
    assertThat(world.tally("heads").skipped()).isEqualTo(1);
    assertThat(world.tally("heads").reasons()).isEqualTo(Map.of(SkipReason.CONDITION, 1));
  }

  @Test
  void putsTheEventsValueIntoTheInstancesParametersAndArguments() {
    // Given // When
    world.deliver(Reaction.START, coin(1, "heads"));
    // Then
    var spec = world.instances.spec(world.only("heads").name()).orElseThrow();
    assertThat(spec.parameters()).containsExactly(Map.entry("coin", "heads"));
    assertThat(spec.launch().args()).containsExactly("heads");
  }

  @Test
  void doesNotReadWhatAValueContainsAsAReference() {
    // Given
    world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("flip-coin", null)),
                    List.of(PlanBuilder.step("heads", null)))
                .task("flip-coin", List.of(), "coin")
                .task("heads", List.of(PlanBuilder.createdBy("coin")), null)
                .build());
    // When
    world.deliver(Reaction.START, coin(1, "{{workflow.name}}"));
    // Then
    var spec = world.instances.spec(world.only("heads").name()).orElseThrow();
    assertThat(spec.launch().args()).containsExactly("{{workflow.name}}");
  }

  @Test
  @DisplayName("C8: workflow.name is the name that the run is looked up by")
  void theWorkflowsNameIsTheRunsName() {
    // Given // When
    String name = Values.of(world.run(), Map.of()).apply(new Text.RunName());
    // Then
    assertThat(world.runs.find(name)).contains(world.run());
  }

  @Test
  void queuesWhatIsAboveTheLimit() {
    // Given // When
    IntStream.rangeClosed(1, 3).forEach(n -> world.deliver(Reaction.START, coin(n, "heads")));
    // Then
    assertThat(world.of("heads"))
        .extracting(Instance::state)
        .containsExactlyInAnyOrder(State.PENDING, State.PENDING, State.GATED);
  }

  @Test
  void letsNoNewcomerPastThoseWhoWait() {
    // Given
    IntStream.rangeClosed(1, 3).forEach(n -> world.deliver(Reaction.START, coin(n, "heads")));
    world.of("heads").stream().filter(i -> i.state().active()).forEach(world::succeed);
    // When
    world.deliver(Reaction.START, coin(4, "heads"));
    // Then
    assertThat(world.of("heads").stream().filter(i -> i.state() == State.GATED)).hasSize(2);
  }

  @Test
  void asksTheEventToComeAgainWhenTooManyWait() {
    // Given
    world.queue("main[1].heads", "heads", Start.GATED_MAX);
    // When
    Response response = world.deliver(Reaction.START, coin(1, "heads"));
    // Then
    assertThat(response.status()).isEqualTo(429);
    assertThat(world.of("heads")).hasSize(Start.GATED_MAX);
  }

  @Test
  void refusesAnEventWithoutTheFieldAndAccountsForIt() {
    // Given
    CloudEvent empty = world.signed(CloudEventBuilder.from(coin(1, "heads")).withoutData().build());
    // When
    Response response = world.deliver(Reaction.START, empty);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("content");
    assertThat(world.tally("heads").skipped()).isEqualTo(1);
    assertThat(world.tally("heads").reasons()).isEqualTo(Map.of(SkipReason.MISSING_FIELD, 1));
  }

  @Test
  void startsNothingForAStandInOfARefusedEvent() {
    // Given
    CloudEvent standIn =
        world.signed(
            CloudEventBuilder.from(coin(1, "heads"))
                .withExtension(Attributes.REFUSED, "400")
                .build());
    // When
    Response response = world.deliver(Reaction.START, standIn);
    // Then
    assertThat(response.success()).isTrue();
    assertThat(world.of("heads")).isEmpty();
  }

  @Test
  void dropsAndCountsAnUnsignedEventThatClaimsToBelongToTheRun() {
    // Given
    CloudEvent forged =
        CloudEventBuilder.from(coin(1, "heads")).withSubject("not what was signed").build();
    // When
    Response response = world.deliver(Reaction.START, forged);
    // Then
    assertThat(response.success()).isTrue();
    assertThat(world.of("heads")).isEmpty();
    assertThat(world.reactions.counters().of(Counters.Outcome.UNSIGNED)).isEqualTo(1);
  }

  /** One that events from outside start tasks in. */
  private static World shop() {
    return World.begun(
        new PlanBuilder()
            .steps("main", List.of(PlanBuilder.step("handle", null)))
            .task("handle", List.of(PlanBuilder.createdFromOutsideBy("order")), null)
            .build());
  }

  @Test
  void takesAnEventOfAnotherWorkflowsTaskForOneFromOutside() {
    // Given
    World shop = shop();
    CloudEvent event =
        CloudEventBuilder.from(shop.posted("1", "order", "flour"))
            .withSource(new StreamSource("farm", "farm-1", "farm-1-mill", "output-1").uri())
            .withExtension(Attributes.RUN, "farm-1")
            .build();
    // When
    shop.deliver(Reaction.START, event);
    // Then
    assertThat(shop.instances.parameters(shop.only("handle").name()))
        .containsEntry("order", "flour");
  }

  @Test
  void anEventOfAnotherWorkflowHasNoPlaceInAStreamOfTheRunThatItClaims() {
    // Given: a source that anybody can make up
    World shop = shop();
    String run = shop.run().name();
    shop.deliver(Reaction.START, shop.posted("1", "order", "flour"));
    CloudEvent event =
        CloudEventBuilder.from(shop.posted("9", "order", "flour"))
            .withSource(new StreamSource("farm", run, shop.only("handle").name(), "x").uri())
            .withExtension(Attributes.RUN, run)
            .withExtension(Attributes.SEQUENCE, "000000000009")
            .withExtension(Attributes.END_OF_STREAM, "true")
            .build();
    // When
    shop.deliver(Reaction.START, event);
    // Then
    assertThat(shop.run().nodes().values())
        .filteredOn(Node.Armed.class::isInstance)
        .hasSize(1)
        .allSatisfy(node -> assertThat(((Node.Armed) node).heard().streams()).isEmpty());
  }

  @Test
  void dropsAnEventOfAnInternalTypeThatNamesNoRun() {
    // Given
    CloudEvent outside =
        world
            .external("1", "coin")
            .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
            .build();
    // When
    world.deliver(Reaction.START, outside);
    // Then
    assertThat(world.reactions.counters().of(Counters.Outcome.UNSIGNED)).isEqualTo(1);
  }

  @Test
  void skipsAnEventWhileOneIsActiveWhereThatIsForbidden() {
    // Given
    world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.FORBID));
    world.deliver(Reaction.START, coin(1, "heads"));
    // When
    world.deliver(Reaction.START, coin(2, "heads"));
    // Then
    assertThat(world.of("heads")).hasSize(1);
    assertThat(world.tally("heads").skipped()).isEqualTo(1);
    assertThat(world.tally("heads").reasons()).isEqualTo(Map.of(SkipReason.CONCURRENCY, 1));
  }

  @Test
  void replacesTheActiveInstanceWhereThatIsThePolicy() {
    // Given
    world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.REPLACE));
    world.deliver(Reaction.START, coin(1, "heads"));
    Instance first = world.only("heads");
    // When
    world.deliver(Reaction.START, coin(2, "heads"));
    // Then
    assertThat(world.instances.find(first.name()).orElseThrow().state()).isEqualTo(State.STOPPED);
    assertThat(world.of("heads")).hasSize(2);
  }

  @Test
  void doesNotReplaceANewerInstanceByAnOlderEventThatComesLate() {
    // Given
    world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.REPLACE));
    world.deliver(Reaction.START, coin(2, "heads"));
    // When
    world.deliver(Reaction.START, coin(1, "heads"));
    // Then
    assertThat(world.only("heads").state()).isEqualTo(State.PENDING);
  }

  @Test
  void recordsAndDeadLettersAnEventForARunThatIsOver() {
    // Given
    CloudEvent late = coin(1, "heads");
    world.fail(world.only("flip-coin"));
    world.advance();
    // When
    Response response = world.deliver(Reaction.START, late);
    // Then
    assertThat(world.phase()).isEqualTo(Phase.FAILED);
    assertThat(response.status()).isEqualTo(410);
    assertThat(world.summary().missed().late()).isEqualTo(1);
  }

  @Test
  void whatWasTakenIsNotLateWhenItComesAgainAfterTheEnd() {
    // Given
    CloudEvent heads = coin(1, "heads");
    CloudEvent tails = coin(2, "tails");
    world.deliver(Reaction.START, heads);
    world.deliver(Reaction.START, tails);
    world.fail(world.only("flip-coin"));
    world.advance();
    // When
    Response again = world.deliver(Reaction.START, heads);
    Response skippedAgain = world.deliver(Reaction.START, tails);
    // Then
    assertThat(again.success()).isTrue();
    assertThat(skippedAgain.success()).isTrue();
    assertThat(world.run().fates().of(Fate.LATE)).isZero();
  }

  @Test
  void wakesAdvanceWhenAStreamHasEnded() {
    // Given
    CloudEvent marker = world.marker(world.only("flip-coin"), "watch", "coin", 0);
    // When
    Response response = world.deliver(Reaction.START, marker);
    // Then
    assertThat(response.reply())
        .satisfies(reply -> assertThat(reply.getType()).isEqualTo(EventTypes.RUN_CHANGED));
  }

  @Test
  void letsTheEventComeAgainForTheStepThatIsFullWhateverAnotherStepSaysOfIt() {
    // Given: both take the event; one is full, the other needs a field that the event lacks
    world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("flip-coin", null)),
                    List.of(PlanBuilder.step("full", null), PlanBuilder.step("picky", null)))
                .task("flip-coin", List.of(), "coin")
                .task("full", List.of(PlanBuilder.createdBy("coin")), null)
                .task("picky", List.of(PlanBuilder.createdBy("coin", "side")), null)
                .build());
    world.queue("main[1].full", "full", Start.GATED_MAX);
    // When
    Response response = world.deliver(Reaction.START, coin(1, "heads"));
    // Then
    assertThat(response.status()).isEqualTo(429);
  }

  @ParameterizedTest
  @MethodSource
  void refusesAValueThatNoProcessCanBeGiven(String value) {
    // Given // When
    Response response = world.deliver(Reaction.START, coin(1, value));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(world.of("heads")).isEmpty();
    assertThat(world.tally("heads").skipped()).isEqualTo(1);
    assertThat(world.tally("heads").reasons()).isEqualTo(Map.of(SkipReason.UNUSABLE_VALUE, 1));
  }

  static List<String> refusesAValueThatNoProcessCanBeGiven() {
    return List.of("heads\\u0000", "heads\\ud83c", "h".repeat(Values.BYTES_MAX + 1));
  }

  private CloudEvent coin(long n, String content) {
    return world.emitted(world.only("flip-coin"), "watch", "coin", n, content);
  }
}
