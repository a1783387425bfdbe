package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeginTest {
  private final World world = new World(plan());

  @Test
  void beginsOneRunWhenTheEventIsDeliveredTwice() {
    // Given // When
    world.begin("{\"parameters\": {\"needed\": \"x\"}}");
    world.begin("{\"parameters\": {\"needed\": \"x\"}}");
    // Then
    assertThat(world.runs.all()).hasSize(1);
  }

  @Test
  void fillsParametersFromTheEventAndDefaultsElsewhere() {
    // Given // When
    world.begin("{\"parameters\": {\"needed\": 7}}");
    // Then
    assertThat(world.run().parameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("needed", "7", "optional", "default"));
  }

  @Test
  void refusesAnUnknownParameter() {
    assertRefused("{\"parameters\": {\"needed\": \"x\", \"other\": \"y\"}}", "other");
  }

  @Test
  void refusesAMissingParameter() {
    assertRefused("{}", "needed");
  }

  @Test
  void refusesAParameterThatIsNoPlainValue() {
    assertRefused("{\"parameters\": {\"needed\": {}}}", "needed");
  }

  @Test
  @DisplayName("B4: half a surrogate pair can be in no process's environment, and begins nothing")
  void refusesHalfASurrogatePair() {
    assertRefused("{\"parameters\": {\"needed\": \"party \\ud83c\"}}", "surrogate pair");
  }

  @Test
  void refusesDataThatIsNoJson() {
    assertRefused("{", "JSON");
  }

  @Test
  void beginsARunByAnEventFromOutsideWithItsValueAsAParameter() {
    // Given
    World shop = new World(shop());
    // When
    Response begun = shop.deliver(Reaction.BEGIN, shop.posted("1", "order", "bread"));
    shop.deliver(Reaction.ADVANCE, Objects.requireNonNull(begun.reply()));
    // Then
    assertThat(goods(shop)).containsExactly("bread");
  }

  @Test
  void beginsARunByAnEventThatATaskOfAnotherWorkflowHasPublishedHere() {
    // Given
    World shop = new World(shop());
    URI farm = new StreamSource("farm", "farm-1", "farm-1-mill", "output-1").uri();
    CloudEvent event =
        CloudEventBuilder.from(shop.posted("1", "order", "flour"))
            .withSource(farm)
            .withExtension(Attributes.RUN, "farm-1")
            .withExtension(Attributes.SEQUENCE, "000000000001")
            .build();
    // When
    Response begun = shop.deliver(Reaction.BEGIN, event);
    shop.deliver(Reaction.ADVANCE, Objects.requireNonNull(begun.reply()));
    // Then
    assertThat(goods(shop)).containsExactly("flour");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/outside", "/tiphys/shop/RUN/RUN-1/watch"})
  void anUnsignedEventThatClaimsARunBeginsNone(String source) {
    // Given
    World shop = new World(shop());
    shop.deliver(Reaction.BEGIN, shop.posted("1", "order", "bread"));
    String run = shop.runs.all().getFirst().name();
    CloudEvent event =
        CloudEventBuilder.from(shop.posted("2", "order", "poison"))
            .withSource(URI.create(source.replace("RUN", run)))
            .withExtension(Attributes.RUN, run)
            .build();
    // When
    Response response = shop.deliver(Reaction.BEGIN, event);
    // Then
    assertThat(response).isEqualTo(Response.accepted());
    assertThat(shop.runs.all()).extracting(Run::name).containsExactly(run);
    assertThat(shop.reactions.counters().of(Counters.Outcome.UNSIGNED)).isEqualTo(1);
  }

  @Test
  void aSignedEventOfARunBeginsAnother() {
    // Given: a task of a run that an older plan began emits what this one takes from outside
    World shop = new World(shop());
    shop.deliver(Reaction.BEGIN, shop.posted("1", "order", "bread"));
    String run = shop.runs.all().getFirst().name();
    CloudEvent event =
        CloudEventBuilder.from(shop.posted("2", "order", "milk"))
            .withSource(new StreamSource("shop", run, run + "-1", "watch").uri())
            .withExtension(Attributes.RUN, run)
            .withExtension(Attributes.TASK, "till")
            .withExtension(Attributes.SEQUENCE, "000000000001")
            .build();
    CloudEvent signed =
        shop.keys
            .of(run)
            .orElseThrow()
            .emitter(new RunKeys.Emitter("till", run + "-1", "watch", "order"))
            .sign(event);
    // When
    shop.deliver(Reaction.BEGIN, signed);
    // Then
    assertThat(shop.runs.all()).hasSize(2);
  }

  @Test
  void aBrokerInTheSameProcessJudgesNoEventThatClaimsARun() {
    // Given: an event that would be refused, were it one from outside
    World shop = new World(shop());
    CloudEvent event = shop.external("1", "order").withExtension(Attributes.RUN, "shop-1").build();
    // When // Then
    assertThat(shop.reactions.refusal(shop.plan.id(), event)).isEmpty();
  }

  @Test
  void beginsNoRunByTheEndOfAStream() {
    // Given
    World shop = new World(shop());
    CloudEvent marker =
        CloudEventBuilder.from(shop.posted("1", "order", "bread"))
            .withExtension(Attributes.END_OF_STREAM, "true")
            .build();
    // When
    Response response = shop.deliver(Reaction.BEGIN, marker);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("`endofstream`");
    assertThat(shop.runs.all()).isEmpty();
  }

  private static List<String> goods(World shop) {
    return shop.runs.all().stream()
        .flatMap(run -> shop.instances.of(run.name()).stream())
        .map(instance -> shop.instances.parameters(instance.name()).get("goods"))
        .toList();
  }

  /** Each order begins a run, whose first step is given what was ordered. */
  private static Plan shop() {
    EventFilter order = new EventFilter("order", new TreeMap<>(), true);
    Input ordered =
        new Input.FromEvent(
            "ordered", order, ObjectField.parse("content").orElseThrow(), EventPolicy.CREATE);
    Text goods = new Text(List.of(new Text.InputParameter("ordered")));
    Step step = new Step("bake", "bake", new TreeMap<>(Map.of("goods", goods)), null, false);
    Template bake =
        new TaskTemplate(
            "bake",
            List.of(new Input.FromArgument("goods", null)),
            new Work.Container("image", List.of(), List.of(), new TreeMap<>()),
            List.of(),
            null,
            ConcurrencyPolicy.ALLOW);
    Template main = new StepsTemplate("main", List.of(ordered), List.of(List.of(step)));
    return new Plan(
        "shop",
        "shop-",
        "main",
        List.of(),
        null,
        new TreeMap<>(Map.of("main", main, "bake", bake)),
        List.of(new Rule.Begin(order, "ordered")));
  }

  private void assertRefused(String data, String named) {
    // When
    Response response = world.begin(data);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains(named);
    assertThat(world.runs.all()).isEmpty();
  }

  private static Plan plan() {
    return new PlanBuilder()
        .parameter("needed", null)
        .parameter("optional", "default")
        .steps("main", List.of(PlanBuilder.step("a", null)))
        .task("a", List.of(), null)
        .build();
  }
}
