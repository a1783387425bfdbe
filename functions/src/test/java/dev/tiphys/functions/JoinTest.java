package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinTest {
  private static final String PATH = "main[1].pair";

  private World world = World.begun(plan(null, null, ConcurrencyPolicy.ALLOW));

  @Test
  void startsNothingBeforeEachInputHasAValue() {
    // When
    start(left(1, "a"));
    // Then
    assertThat(world.of("pair")).isEmpty();
    assertThat(world.summary().tasks().get("pair")).extracting("waiting").isEqualTo(1);
  }

  @Test
  void startsOneInstanceWithTheValuesOfBoth() {
    // When
    start(right(1, "b"), left(1, "a"));
    // Then
    assertThat(pairs()).containsExactly(Map.of("left", "a", "right", "b"));
  }

  @Test
  void startsItOnceWhenEachEventIsDeliveredTwice() {
    // When
    start(left(1, "a"), left(1, "a"), right(1, "b"), right(1, "b"), left(1, "a"));
    // Then
    assertThat(pairs()).hasSize(1);
  }

  @Test
  void keepsASecondValueForTheNextPartner() {
    // When
    start(left(1, "a1"), left(2, "a2"), right(1, "b1"), right(2, "b2"));
    // Then
    assertThat(pairs())
        .containsExactlyInAnyOrder(
            Map.of("left", "a1", "right", "b1"), Map.of("left", "a2", "right", "b2"));
  }

  @Test
  void joinsWhatHasTheSameKey() {
    // Given
    world = World.begun(plan("key", null, ConcurrencyPolicy.ALLOW));
    // When
    start(keyed(left(1, "a"), "x"), keyed(right(1, "b"), "y"), keyed(right(2, "c"), "x"));
    // Then
    assertThat(pairs()).containsExactly(Map.of("left", "a", "right", "c"));
  }

  @Test
  void refusesAnEventWithoutTheKeyAndAccountsForIt() {
    // Given
    world = World.begun(plan("key", null, ConcurrencyPolicy.ALLOW));
    // When
    Response response = world.deliver(Reaction.START, left(1, "a"));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("`key`");
    assertThat(world.tally("pair").skipped()).isEqualTo(1);
    assertThat(world.tally("pair").reasons()).isEqualTo(Map.of(SkipReason.MISSING_FIELD, 1));
  }

  @Test
  void looksAtAllValuesBeforeItStartsAnything() {
    // Given
    Condition both =
        new Condition.And(PlanBuilder.equal("left", "a"), PlanBuilder.equal("right", "b"));
    world = World.begun(plan(null, both, ConcurrencyPolicy.ALLOW));
    // When
    start(left(1, "a"), right(1, "no"), left(2, "a"), right(2, "b"));
    // Then
    assertThat(pairs()).containsExactly(Map.of("left", "a", "right", "b"));
    assertThat(world.tally("pair").skipped()).isEqualTo(1);
    assertThat(world.tally("pair").reasons()).isEqualTo(Map.of(SkipReason.CONDITION, 1));
  }

  @Test
  void fillsSeveralInputsByOneEvent() {
    // Given
    world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("lefts", null)),
                    List.of(PlanBuilder.step("pair", null)))
                .task("lefts", List.of(), "left")
                .task(
                    "pair",
                    List.of(
                        PlanBuilder.createdBy("left", "content"),
                        PlanBuilder.createdBy("left", "type")),
                    null)
                .build());
    // When
    start(left(1, "a"));
    // Then
    assertThat(pairs()).containsExactly(Map.of("content", "a", "type", "left"));
  }

  @Test
  void letsThePublisherWaitWhenTooManyWaitForAPartner() {
    // Given
    IntStream.rangeClosed(1, Gathering.VALUES_MAX).forEach(n -> start(left(n, "a")));
    // When
    Response lonely = world.deliver(Reaction.START, left(Gathering.VALUES_MAX + 1, "a"));
    Response completing = world.deliver(Reaction.START, right(1, "b"));
    Response again = world.deliver(Reaction.START, left(Gathering.VALUES_MAX + 1, "a"));
    // Then
    assertThat(lonely.status()).isEqualTo(429);
    assertThat(lonely.problem()).contains("pair", "1,000");
    assertThat(completing.success()).isTrue();
    assertThat(again.success()).isTrue();
  }

  @Test
  void letsThePublisherWaitWhenTooLargeValuesWait() {
    // Given
    String large = "a".repeat(50_000);
    // When
    List<Integer> answers =
        IntStream.rangeClosed(1, 6)
            .mapToObj(n -> world.deliver(Reaction.START, left(n, large)).status())
            .toList();
    // Then: 256 KiB
    assertThat(answers).containsExactly(202, 202, 202, 202, 202, 429);
  }

  @Test
  void refusesAValueThatNoTaskCanBeGiven() {
    // When
    Response response = world.deliver(Reaction.START, left(1, "a".repeat(Values.BYTES_MAX + 1)));
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains("pair", "left", "65536");
  }

  @Test
  void createsWhatWasClosedWhenTheEventComesAgain() throws Exception {
    // Given: the run is written, and then the cluster is down
    start(left(1, "a"));
    Response failed = withoutCluster().deliver(right(1, "b"));
    // When
    Response again = world.deliver(Reaction.START, right(1, "b"));
    // Then
    assertThat(failed.status()).isEqualTo(503);
    assertThat(again.reply()).isNotNull();
    assertThat(pairs()).hasSize(1);
  }

  @Test
  void createsWhatWasClosedAtTheNextLook() throws Exception {
    // Given
    start(left(1, "a"));
    withoutCluster().deliver(right(1, "b"));
    // When: the second look opens the gate
    world.advance();
    world.advance();
    // Then
    assertThat(world.only("pair").state()).isEqualTo(State.PENDING);
  }

  @Test
  void forgetsASetOnlyWhenItsInstanceIsThere() throws Exception {
    // Given
    start(left(1, "a"));
    withoutCluster().deliver(right(1, "b"));
    assertThat(node().sets().closed()).hasSize(1);
    // When
    world.advance();
    assertThat(node().sets().closed()).hasSize(1);
    world.advance();
    // Then
    assertThat(node().sets().closed()).isEmpty();
    assertThat(world.of("pair")).hasSize(1);
  }

  @Test
  void tellsWhichValuesFoundNoPartnerWhenAllStreamsHaveEnded() {
    // Given
    start(left(1, "a"), right(1, "b"), left(2, "c"), left(3, "d"));
    world.succeed(world.only("pair"));
    // When
    end(3, 1);
    // Then
    assertThat(node().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(node().message()).isEqualTo("values without a partner: 2 of `left`");
    assertThat(world.tally("pair").skipped()).isEqualTo(2);
    assertThat(world.tally("pair").reasons()).isEqualTo(Map.of(SkipReason.NO_PARTNER, 2));
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void isNotCompleteWhileASetHasNoInstance() throws Exception {
    // Given
    start(left(1, "a"));
    withoutCluster().deliver(right(1, "b"));
    // When
    end(1, 1);
    // Then
    assertThat(node().phase()).isEqualTo(Phase.RUNNING);
    assertThat(world.of("pair")).hasSize(1);
  }

  @Test
  void waitsForNoPartnerOfAStreamThatHasEnded() {
    // Given: the right has ended without a word, and the left goes on for ever
    IntStream.rangeClosed(1, Gathering.VALUES_MAX).forEach(n -> start(left(n, "a")));
    world.start(world.only("lefts"));
    endOf("rights", "right", 0);
    // When
    world.advance();
    // Then: whoever publishes is not held up by values that nobody can use
    assertThat(world.deliver(Reaction.START, left(Gathering.VALUES_MAX + 1, "a")).success())
        .isTrue();
    assertThat(world.tally("pair").skipped()).isEqualTo(Gathering.VALUES_MAX + 1);
  }

  @Test
  void waitsForAPartnerWhoseStreamGoesOn() {
    // Given: the left has ended
    start(left(1, "a"));
    endOf("lefts", "left", 1);
    world.start(world.only("rights"));
    world.advance();
    world.advance();
    // When
    start(right(1, "b"));
    // Then
    assertThat(pairs()).containsExactly(Map.of("left", "a", "right", "b"));
  }

  @Test
  void throwsAwayWhatWaitsWhenItIsStopped() {
    // Given
    world.later();
    start(left(1, "a"), left(2, "b"));
    world.later();
    // When
    world.deliver(Reaction.STOP, world.external("stop-1", "closing").build());
    world.later();
    start(left(3, "c"), right(1, "d"));
    // Then
    assertThat(pairs()).containsExactly(Map.of("left", "c", "right", "d"));
    assertThat(world.tally("pair").stopped()).isEqualTo(2);
  }

  @Test
  void startsNothingFromASetThatWasStoppedBeforeItsInstanceWasThere() throws Exception {
    // Given
    start(left(1, "a"));
    withoutCluster().deliver(right(1, "b"));
    world.later();
    // When
    world.deliver(Reaction.STOP, world.external("stop-1", "closing").build());
    start(right(1, "b"));
    world.advance();
    // Then
    assertThat(world.of("pair")).isEmpty();
    assertThat(world.tally("pair").stopped()).isEqualTo(1);
  }

  @Test
  void forbidsASecondInstanceAlsoWhileTheFirstIsStillToBeCreated() throws Exception {
    // Given
    world = World.begun(plan(null, null, ConcurrencyPolicy.FORBID));
    start(left(1, "a"));
    withoutCluster().deliver(right(1, "b"));
    // When
    start(left(2, "c"), right(2, "d"));
    world.advance();
    // Then
    assertThat(pairs()).containsExactly(Map.of("left", "a", "right", "b"));
    assertThat(world.tally("pair").skipped()).isEqualTo(1);
  }

  @Test
  void replacesTheInstanceOfTheSetBefore() {
    // Given
    world = World.begun(plan(null, null, ConcurrencyPolicy.REPLACE));
    start(left(1, "a"), right(1, "b"));
    Instance first = world.only("pair");
    world.start(first);
    // When
    start(left(2, "c"), right(2, "d"));
    // Then
    assertThat(world.of("pair").stream().filter(i -> i.state().active())).hasSize(1);
    assertThat(world.instances.find(first.name()).map(Instance::state)).contains(State.STOPPED);
  }

  @Test
  void comesToItsEndThoughJoinsFeedEachOther() {
    // Given: each waits for what the other would emit next
    world =
        World.begun(
            new PlanBuilder()
                .steps(
                    "main",
                    List.of(PlanBuilder.step("lefts", null)),
                    List.of(PlanBuilder.step("ping", null), PlanBuilder.step("pong", null)))
                .task("lefts", List.of(), "left")
                .task(
                    "ping",
                    List.of(PlanBuilder.joinedBy("left", null), PlanBuilder.joinedBy("b", null)),
                    "a")
                .task("pong", List.of(PlanBuilder.createdBy("a")), "b")
                .build());
    start(left(1, "x"));
    // When
    endOf("lefts", "left", 1);
    world.advance();
    // Then
    assertThat(world.phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(world.tally("ping").skipped()).isEqualTo(1);
  }

  private static Plan plan(
      @Nullable String key, @Nullable Condition when, ConcurrencyPolicy policy) {
    List<Input> inputs =
        List.of(
            PlanBuilder.joinedBy("left", key),
            PlanBuilder.joinedBy("right", key),
            PlanBuilder.deletedBy("closing"));
    return new PlanBuilder()
        .steps(
            "main",
            List.of(PlanBuilder.step("lefts", null), PlanBuilder.step("rights", null)),
            List.of(PlanBuilder.step("pair", when)))
        .task("lefts", List.of(), "left")
        .task("rights", List.of(), "right")
        .task("pair", inputs, null, null, policy)
        .build();
  }

  private void start(CloudEvent... events) {
    for (CloudEvent event : events) {
      world.deliver(Reaction.START, event);
    }
  }

  private CloudEvent left(long n, String content) {
    return world.emitted(world.only("lefts"), "watch", "left", n, content);
  }

  private CloudEvent right(long n, String content) {
    return world.emitted(world.only("rights"), "watch", "right", n, content);
  }

  private CloudEvent keyed(CloudEvent event, String key) {
    return world.signed(
        CloudEventBuilder.from(event)
            .withData(
                "application/json",
                new String(
                        Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8)
                    .replace("}", ", \"key\": \"" + key + "\"}")
                    .getBytes(StandardCharsets.UTF_8))
            .build());
  }

  private void end(long lefts, long rights) {
    endOf("lefts", "left", lefts);
    endOf("rights", "right", rights);
    world.advance();
  }

  private void endOf(String task, String type, long events) {
    Instance emitter = world.only(task);
    world.deliver(Reaction.START, world.marker(emitter, "watch", type, events));
    world.succeed(emitter);
  }

  private List<Map<String, String>> pairs() {
    List<Map<String, String>> pairs = new ArrayList<>();
    for (Instance pair : world.of("pair")) {
      InstanceSpec spec = world.instances.spec(pair.name()).orElseThrow();
      pairs.add(spec.parameters());
    }
    return pairs;
  }

  private Node.Armed node() {
    return world.run().armed(PATH);
  }

  private interface Delivering {
    Response deliver(CloudEvent event) throws IOException;
  }

  /** The start function in a process that cannot create anything. */
  private Delivering withoutCluster() {
    ForwardingInstances down =
        new ForwardingInstances(world.instances) {
          @Override
          public boolean create(InstanceSpec spec) {
            throw new Unavailable("down");
          }
        };
    Reactions reactions =
        new Reactions(
            id -> Optional.of(world.plan),
            world.runs,
            world.parts,
            down,
            world.keys,
            () -> World.EPOCH);
    return event -> reactions.subscriber(Reaction.START).deliver(event);
  }
}
