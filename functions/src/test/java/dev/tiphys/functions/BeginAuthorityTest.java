package dev.tiphys.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A1: who may begin a run, and with what. */
class BeginAuthorityTest {
  private final World world = new World(plan());

  @Test
  @DisplayName("A1: an unsigned event does not set a parameter that comes to code")
  void a1AnUnsignedEventSetsNoParameterThatComesToCode() {
    // When
    Response response = world.begin("{\"parameters\": {\"who\": \"x; id; echo\"}}");
    // Then
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.problem()).contains("`who`", "the source of `hello`");
    assertThat(world.runs.all()).isEmpty();
    assertThat(world.reactions.counters().of(Counters.Refusal.PARAMETER)).isEqualTo(1);
    assertThat(world.reactions.counters().of(Counters.Refusal.TOO_MANY_RUNS)).isZero();
  }

  @Test
  @DisplayName("A1: an unsigned event sets the other parameters, which stay known as its own")
  void a1AnUnsignedEventSetsOtherParameters() {
    // When
    Response response = world.begin("{\"parameters\": {\"goods\": \"bread\"}}");
    // Then
    assertThat(response.success()).isTrue();
    assertThat(world.run().parameters())
        .containsEntry("goods", "bread")
        .containsEntry("who", "you");
    assertThat(world.run().cause())
        .isEqualTo(
            new Run.Cause(new EventKey("/outside", "begin-1"), new TreeSet<>(List.of("goods"))));
  }

  @Test
  @DisplayName("A1: who creates a run sets every parameter")
  void a1WhoCreatesARunSetsEveryParameter() {
    // Given
    request("mine", Map.of("who", "x; id; echo"));
    // When
    Response response = world.deliver(Reaction.BEGIN, naming("mine").build());
    // Then
    assertThat(response.success()).isTrue();
    assertThat(run("mine").parameters()).containsEntry("who", "x; id; echo");
    assertThat(run("mine").cause()).isNull();
  }

  @Test
  @DisplayName("A1: an event that names a run gives it nothing")
  void a1AnEventThatNamesARunGivesItNothing() {
    // Given
    request("mine", Map.of("who", "me"));
    CloudEvent event =
        naming("mine")
            .withData("application/json", "{\"parameters\": {\"who\": \"x\"}}".getBytes(UTF_8))
            .build();
    // When
    Response response = world.deliver(Reaction.BEGIN, event);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(world.runs.all()).isEmpty();
  }

  @Test
  void aRunThatNobodyHasCreatedIsNotBegunByItsName() {
    // When
    Response response = world.deliver(Reaction.BEGIN, naming("nobodys").build());
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("nobodys");
  }

  @ParameterizedTest
  @CsvSource({"true, RUNNING", "false, ERROR"})
  @DisplayName("B7: a run of an older plan begins while events of that still find their way")
  void b7ARunOfAnOlderPlan(boolean served, Phase phase) {
    // Given
    world.served = served;
    request("mine", Map.of());
    CloudEvent byTheNewest = naming("mine").withExtension(Attributes.PLAN, World.NEWER).build();
    // When
    world.deliver(Reaction.BEGIN, byTheNewest);
    // Then
    assertThat(run("mine").phase()).isEqualTo(phase);
    assertThat(run("mine").plan()).isEqualTo(world.plan.id());
  }

  @Test
  void namingARunAgainBeginsItOnce() {
    // Given
    request("mine", Map.of());
    world.deliver(Reaction.BEGIN, naming("mine").build());
    Run begun = run("mine");
    // When
    Response again = world.deliver(Reaction.BEGIN, naming("mine").build());
    // Then
    assertThat(again.success()).isTrue();
    assertThat(run("mine")).isEqualTo(begun);
  }

  @Test
  void aRunThatWasAskedForWronglyIsInErrorAndSaysWhy() {
    // Given
    request("mine", Map.of("whom", "me"));
    // When
    world.deliver(Reaction.BEGIN, naming("mine").build());
    // Then
    assertThat(run("mine").phase()).isEqualTo(Phase.ERROR);
    assertThat(run("mine").root().message()).contains("`whom`");
    assertThat(world.instances.of("mine")).isEmpty();
  }

  @Test
  @DisplayName("A1: a name that somebody has is not taken over by an event that derives it")
  void a1AnEventDoesNotTakeOverARunOfTheNameThatItDerives() {
    // Given: a run whose name is the one that the event leads to
    String name = Names.run(world.plan.runPrefix(), new EventKey("/outside", "begin-1"));
    request(name, Map.of("who", "me"));
    world.deliver(Reaction.BEGIN, naming(name).build());
    Run before = run(name);
    // When
    Response response = world.begin("{\"parameters\": {\"goods\": \"bread\"}}");
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(run(name)).isEqualTo(before);
  }

  @Test
  @DisplayName("A1: nor before that has begun")
  void a1AnEventDoesNotTakeOverARequestOfTheNameThatItDerives() {
    // Given
    String name = Names.run(world.plan.runPrefix(), new EventKey("/outside", "begin-1"));
    request(name, Map.of("who", "me"));
    // When
    Response response = world.begin("{}");
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(world.runs.requested(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "\"who\"",
        "null",
        "{\"parameters\": []}",
        "{\"parameters\": \"who\"}",
        "{\"parameters\": null}",
        "{\"parameters\": {}, \"plan\": \"other\"}",
        "{\"who\": \"x\"}"
      })
  @DisplayName("A1: data that is not an object with parameters is refused")
  void a1DataOfAnotherShapeIsRefused(String data) {
    // When
    Response response = world.begin(data);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(world.runs.all()).isEmpty();
  }

  @Test
  void eventsBeginRunsUpToABoundAndPeopleBeyondIt() {
    // Given
    for (int n = 0; n < Reactions.BEGUN_BY_EVENTS_MAX; n++) {
      world.deliver(Reaction.BEGIN, world.external("many-" + n, EventTypes.RUN_BEGIN).build());
    }
    request("mine", Map.of());
    // When
    Response above =
        world.deliver(Reaction.BEGIN, world.external("above", EventTypes.RUN_BEGIN).build());
    Response again =
        world.deliver(Reaction.BEGIN, world.external("many-0", EventTypes.RUN_BEGIN).build());
    Response mine = world.deliver(Reaction.BEGIN, naming("mine").build());
    // Then
    assertThat(above.status()).isEqualTo(403);
    assertThat(again.success()).isTrue();
    assertThat(mine.success()).isTrue();
    assertThat(world.runs.all()).hasSize(Reactions.BEGUN_BY_EVENTS_MAX + 1);
    assertThat(world.reactions.counters().of(Counters.Refusal.TOO_MANY_RUNS)).isEqualTo(1);
    assertThat(world.reactions.counters().of(Counters.Refusal.PARAMETER)).isZero();
  }

  @Test
  void aBrokerInTheSameProcessTellsTheSenderWhatIsRefused() {
    // Given
    CloudEvent forbidden =
        world
            .external("1", EventTypes.RUN_BEGIN)
            .withData("application/json", "{\"parameters\": {\"who\": \"x\"}}".getBytes(UTF_8))
            .build();
    CloudEvent fine = world.external("2", EventTypes.RUN_BEGIN).build();
    // When // Then
    assertThat(world.reactions.refusal(world.plan.id(), forbidden))
        .hasValueSatisfying(response -> assertThat(response.status()).isEqualTo(403));
    assertThat(world.reactions.refusal(world.plan.id(), fine)).isEmpty();
    assertThat(world.reactions.refusal(world.plan.id(), naming("nobodys").build()))
        .hasValueSatisfying(response -> assertThat(response.status()).isEqualTo(422));
    assertThat(world.runs.all()).isEmpty();
  }

  private void request(String name, Map<String, String> parameters) {
    world.runs.request(
        new RunRequest(name, world.plan.workflow(), world.plan.id(), new TreeMap<>(parameters)));
  }

  private Run run(String name) {
    return world.runs.find(name).orElseThrow();
  }

  private CloudEventBuilder naming(String run) {
    return world.external("naming-" + run, EventTypes.RUN_BEGIN).withExtension(Attributes.RUN, run);
  }

  private static Plan plan() {
    return new PlanBuilder()
        .parameter("who", "you", List.of("the source of `hello`"))
        .parameter("goods", "cake")
        .steps("main", List.of(PlanBuilder.step("hello", null)))
        .task("hello", List.of(), null)
        .build();
  }
}
