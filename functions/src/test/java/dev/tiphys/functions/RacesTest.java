package dev.tiphys.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.StepIndex;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Functions that look at the same time, and what one of them decided before the other wrote. */
class RacesTest {
  @Test
  void keepsTheLimitOfTheRunWhenAStartAndAnAdvanceLookAtTheSameTime() {
    // Given: one of b waits, and nothing is active
    World world =
        World.begun(
            new PlanBuilder()
                .parallelism(1)
                .steps("main", List.of(PlanBuilder.step("a", null), PlanBuilder.step("b", null)))
                .task("a", List.of(PlanBuilder.createdFromOutsideBy("go")), null)
                .task("b", List.of(PlanBuilder.createdFromOutsideBy("run")), null)
                .build());
    world.deliver(Reaction.START, external(world, "go-1", "go"));
    world.advance();
    world.deliver(Reaction.START, external(world, "run-1", "run"));
    world.succeed(world.only("a"));
    Run run = world.run();
    List<Instance> seen = world.instances.of(run.name());
    // When
    Decision start = start(world, external(world, "go-2", "go"));
    Decision advance =
        Advance.decide(world.plan, new StepIndex(world.plan), new View(run, seen), World.EPOCH);
    perform(world, start);
    perform(world, advance);
    // Then
    assertThat(world.instances.of(run.name()).stream().filter(i -> i.state().active())).hasSize(1);
  }

  @Test
  void keepsTheLimitOfATaskThoughManyEventsComeAtOnce() throws Exception {
    // Given
    World world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    Subscriber start =
        creating(
            world,
            () -> {
              Thread.sleep(5);
              return null;
            });
    List<Callable<Response>> deliveries =
        IntStream.rangeClosed(1, 20)
            .mapToObj(n -> world.emitted(flip, "watch", "coin", n, "heads"))
            .<Callable<Response>>map(event -> () -> start.deliver(event))
            .toList();
    // When
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(deliveries)).allMatch(done -> done.resultNow().success());
    }
    // Then
    assertThat(world.of("heads")).hasSize(20);
    assertThat(world.of("heads").stream().filter(i -> i.state().active())).hasSize(2);
  }

  @Test
  void createsAtTheSameTimeWhatEventsStartAtTheSameTime() throws Exception {
    // Given: nothing is created before the other is about to be
    World world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    CyclicBarrier both = new CyclicBarrier(2);
    Subscriber start = creating(world, () -> both.await(10, TimeUnit.SECONDS));
    // When
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> answers =
          IntStream.rangeClosed(1, 2)
              .mapToObj(n -> world.emitted(flip, "watch", "coin", n, "heads"))
              .map(event -> threads.submit(() -> start.deliver(event)))
              .toList();
      // Then
      for (Future<Response> answer : answers) {
        assertThat(answer.get().success()).isTrue();
      }
    }
    assertThat(world.of("heads")).hasSize(2);
  }

  @Test
  void replacesAnInstanceThatIsJustBeingCreated() throws Exception {
    // Given: the first takes its time
    World world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.REPLACE));
    Instance flip = world.only("flip-coin");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    Subscriber start =
        creating(
            world,
            () -> {
              if (first.compareAndSet(true, false)) {
                begun.countDown();
                await(goOn);
              }
              return null;
            });
    // When
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CloudEvent older = world.emitted(flip, "watch", "coin", 1, "heads");
      CloudEvent newer = world.emitted(flip, "watch", "coin", 2, "heads");
      Future<Response> one = threads.submit(() -> start.deliver(older));
      await(begun);
      Future<Response> other = threads.submit(() -> start.deliver(newer));
      assertThatThrownBy(() -> other.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      goOn.countDown();
      one.get();
      other.get();
    }
    // Then
    assertThat(world.of("heads").stream().filter(i -> !i.state().terminal())).hasSize(1);
    assertThat(world.of("heads").stream().filter(i -> i.state() == State.STOPPED)).hasSize(1);
  }

  @Test
  void startsNothingInARunThatEndedWhileAnEventWaitedForItsTurn() throws Exception {
    // Given: two events have found the run, and the first has its turn
    World world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    CountDownLatch turn = new CountDownLatch(1);
    CountDownLatch found = new CountDownLatch(2);
    CountDownLatch ended = new CountDownLatch(1);
    Subscriber start =
        starting(
            world,
            new ForwardingRuns(world.runs) {
              @Override
              public Optional<Run> find(String name) {
                Optional<Run> run = super.find(name);
                found.countDown();
                return run;
              }
            },
            new ForwardingInstances(world.instances) {
              @Override
              public List<Instance> of(String run) {
                List<Instance> seen = super.of(run);
                turn.countDown();
                await(ended);
                return seen;
              }
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CloudEvent older = world.emitted(flip, "watch", "coin", 1, "heads");
      CloudEvent newer = world.emitted(flip, "watch", "coin", 2, "heads");
      Future<Response> first = threads.submit(() -> start.deliver(older));
      await(turn);
      Future<Response> second = threads.submit(() -> start.deliver(newer));
      await(found);
      // When
      world.runs.control(world.run().name(), Run.Control.STOP);
      world.advance();
      ended.countDown();
      first.get();
      second.get();
    }
    // Then: what the first has decided before is for advance to stop
    assertThat(world.of("heads")).hasSize(1);
  }

  @Test
  void knowsAFoldedTasksEventsUntilTheTaskIsGone() throws IOException {
    // Given: more tasks than are kept, folded with all that their events have started
    World world = World.begun(PlanBuilder.chain());
    Instance first = world.only("first");
    world.start(first);
    List<CloudEvent> events = new ArrayList<>();
    for (int n = 1; n <= Folding.KEPT_MAX + 5; n++) {
      world.later();
      world.deliver(Reaction.START, world.emitted(first, "watch", "one", n, "x"));
      Instance middle = active(world, "middle");
      events.add(world.emitted(middle, "watch", "two", 1, "x"));
      world.deliver(Reaction.START, events.getLast());
      world.deliver(Reaction.START, world.marker(middle, "watch", "two", 1));
      world.succeed(active(world, "last"));
      world.succeed(middle);
    }
    // When: the tasks are not deleted yet, and an event of the oldest one comes again
    Instances slow =
        new ForwardingInstances(world.instances) {
          @Override
          public void delete(String name) {
            if (world.of("last").stream().anyMatch(last -> last.name().equals(name))) {
              super.delete(name);
            }
          }
        };
    new Reactions(
            id -> Optional.of(world.plan),
            world.runs,
            world.parts,
            slow,
            world.keys,
            () -> World.EPOCH)
        .subscriber(Reaction.ADVANCE)
        .deliver(world.sign(EventTypes.RUN_CHANGED));
    world.deliver(Reaction.START, events.getFirst());
    // Then
    assertThat(world.of("middle")).hasSize(Folding.KEPT_MAX + 5);
    assertThat(world.of("last")).hasSize(Folding.KEPT_MAX);
  }

  private static Instance active(World world, String task) {
    return world.of(task).stream().filter(i -> i.state().active()).findFirst().orElseThrow();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The start function, with something before each creation. */
  private static Subscriber creating(World world, Callable<?> before) {
    return starting(
        world,
        new ForwardingInstances(world.instances) {
          @Override
          public boolean create(InstanceSpec spec) {
            try {
              before.call();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            return super.create(spec);
          }
        });
  }

  /** The start function over other instances than the world's. */
  private static Subscriber starting(World world, Instances instances) {
    return starting(world, world.runs, instances);
  }

  private static Subscriber starting(World world, Runs runs, Instances instances) {
    return new Reactions(
            id -> Optional.of(world.plan),
            runs,
            world.parts,
            instances,
            world.keys,
            () -> World.EPOCH)
        .subscriber(Reaction.START);
  }

  @Test
  void endsALiveInstanceBeforeItIsDeletedWhenItsEventWasRecordedMeanwhile() {
    // Given: a delivery sees the first instance and forbids; another, after its end, creates
    World world = World.begun(PlanBuilder.coinflip(2, ConcurrencyPolicy.FORBID));
    Instance flip = world.only("flip-coin");
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    CloudEvent second = world.emitted(flip, "watch", "coin", 2, "heads");
    Decision forbidden = start(world, second);
    Instance first = world.only("heads");
    world.succeed(first);
    world.deliver(Reaction.START, second);
    world.runs.replace(forbidden.next(), world.summary());
    Instance created =
        world.of("heads").stream()
            .filter(i -> !i.name().equals(first.name()))
            .findFirst()
            .orElseThrow();
    world.start(created);
    // When
    world.advance();
    // Then
    assertThat(world.instances.find(created.name()))
        .hasValueSatisfying(i -> assertThat(i.state()).isEqualTo(State.STOPPED));
    world.advance();
    assertThat(world.instances.find(created.name())).isEmpty();
  }

  @Test
  void looksAtNothingOlderThanWhatItHasQueued() throws Exception {
    // Given: a watch that still shows an instance that has ended
    World world = World.begun(PlanBuilder.coinflip(1, ConcurrencyPolicy.ALLOW));
    Instance flip = world.only("flip-coin");
    world.deliver(Reaction.START, world.emitted(flip, "watch", "coin", 1, "heads"));
    LaggingInstances lagging = new LaggingInstances(world.instances, world.run().name());
    world.succeed(world.only("heads"));
    // When
    Response answer =
        starting(world, lagging).deliver(world.emitted(flip, "watch", "coin", 2, "heads"));
    // Then: it is queued, and advance will open its gate
    assertThat(world.of("heads").stream().filter(i -> i.state() == State.GATED)).hasSize(1);
    assertThat(answer.reply()).isNotNull();
  }

  @Test
  void movesEveryRunOnThatAnEventFromOutsideReaches() {
    // Given: two runs that wait for an approval
    World world = World.begun(approval());
    world.deliver(Reaction.BEGIN, world.external("begin-2", EventTypes.RUN_BEGIN).build());
    // When: the answer can carry one event
    Response response =
        world.deliver(Reaction.STOP, world.external("cancel-1", "cancelled").build());
    CloudEvent reply = response.reply();
    if (reply != null) {
      world.deliver(Reaction.ADVANCE, reply);
    }
    // Then
    assertThat(world.runs.all()).extracting(Run::phase).containsOnly(Phase.SUCCEEDED).hasSize(2);
  }

  @Test
  void wakesAdvanceForAnInstanceThatNeedNotWaitAlsoWhenTheFirstAnswerWasLost() {
    // Given: the limit of the run makes each new instance wait for advance
    World world =
        World.begun(
            new PlanBuilder()
                .parallelism(1)
                .steps("main", List.of(PlanBuilder.step("a", null)))
                .task("a", List.of(PlanBuilder.createdFromOutsideBy("go")), null)
                .build());
    CloudEvent go = external(world, "go-1", "go");
    // When
    Response lost = world.deliver(Reaction.START, go);
    Response again = world.deliver(Reaction.START, go);
    // Then
    assertThat(lost.reply()).isNotNull();
    assertThat(again.reply()).isNotNull();
  }

  @Test
  void startsNothingForAnEventWhoseEmitterIsForgotten() {
    // Given
    World world = World.begun(PlanBuilder.coinflip());
    Instance flip = world.only("flip-coin");
    CloudEvent old = world.emitted(flip, "watch", "coin", 1, "heads");
    world.instances.delete(flip.name());
    // When
    world.deliver(Reaction.START, old);
    // Then
    assertThat(world.of("heads")).isEmpty();
  }

  private static Plan approval() {
    return new PlanBuilder()
        .steps("main", List.of(PlanBuilder.step("deploy", null)))
        .task(
            "deploy",
            List.of(
                PlanBuilder.createdFromOutsideBy("approved"), PlanBuilder.deletedBy("cancelled")),
            null)
        .build();
  }

  private static Decision start(World world, CloudEvent event) {
    Run run = world.run();
    return Start.decide(
        world.plan,
        new RuleIndex(world.plan),
        new View(run, world.instances.of(run.name())),
        event,
        World.EPOCH);
  }

  private static void perform(World world, Decision decision) {
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.CreateInstance(var spec) -> world.instances.create(spec);
        case Effect.OpenGate(String name) -> world.instances.openGate(name);
        case Effect.UpdateInstance(String name, var parameters, long revision) ->
            world.instances.update(name, parameters, revision);
        case Effect.GiveUpInstance(String name, String reason) ->
            world.instances.giveUp(name, reason);
        case Effect.StopInstance(String name, String reason) -> world.instances.stop(name, reason);
        case Effect.DeleteInstance(String name) -> world.instances.delete(name);
      }
    }
  }

  private static CloudEvent external(World world, String id, String type) {
    return world
        .external(id, type)
        .withData("application/json", "{\"content\": \"x\"}".getBytes(UTF_8))
        .build();
  }
}
