package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.Admission.Verdict;
import dev.tiphys.functions.memory.InMemoryRuns;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Plan PLAN = PlanBuilder.coinflip();
  private static final String RUN = "coinflip-1";
  private static final byte[] FIRST = RootKey.bytes(new Random(1));
  private static final RootKey OLD = RootKey.of(Map.of("1", FIRST)).orElseThrow();
  private static final RootKey NEW =
      RootKey.of(Map.of("1", FIRST, "2", RootKey.bytes(new Random(2)))).orElseThrow();
  private static final RunKeys.Emitter FLIP =
      new RunKeys.Emitter("flip-coin", "flip-1", "watch", "coin");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final CountedRuns runs = new CountedRuns();
  private final CountedKeys keys = new CountedKeys();
  private final Admission admission =
      new Admission(
          id -> id.equals(PLAN.id()) ? Optional.of(PLAN) : Optional.empty(), runs, keys, () -> now);

  AdmissionTest() {
    runs.create(
        Run.create(
            RUN,
            PLAN.workflow(),
            PLAN.id(),
            new TreeMap<>(),
            now,
            "main",
            new Node.Task("main", new TreeMap<>(), false, Phase.RUNNING, ""),
            null));
  }

  private static final class CountedRuns extends ForwardingRuns {
    private int found;

    CountedRuns() {
      super(new InMemoryRuns());
    }

    @Override
    public Optional<Run> find(String name) {
      found++;
      return super.find(name);
    }
  }

  private static final class CountedKeys implements Keys {
    private RootKey known = OLD;
    private RootKey now = OLD;
    private boolean readable = true;
    private int reads;

    @Override
    public void create(String run) {}

    @Override
    public String digestKey(String run) {
      return "";
    }

    @Override
    public Optional<RunKeys> of(String run) {
      return Optional.of(new RunKeys(known, "uid"));
    }

    @Override
    public Optional<RunKeys> asOf(String run, Instant since) {
      if (!readable) {
        throw new Unavailable("read a moment ago");
      }
      reads++;
      known = now;
      return of(run);
    }
  }

  private static CloudEventBuilder coin() {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(new StreamSource(PLAN.workflow(), RUN, "flip-1", "watch").uri())
        .withType("coin")
        .withExtension(Attributes.RUN, RUN)
        .withExtension(Attributes.TASK, "flip-coin")
        .withExtension(Attributes.SEQUENCE, "000000000001");
  }

  private static CloudEventBuilder changed() {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/me"))
        .withType(EventTypes.RUN_CHANGED)
        .withExtension(Attributes.RUN, RUN);
  }

  private static SigningKey flip(RootKey root) {
    return new RunKeys(root, "uid").emitter(FLIP);
  }

  private Verdict of(CloudEventBuilder event) {
    return admission.of(event.withExtension(Attributes.PLAN, PLAN.id()).build());
  }

  private Verdict of(CloudEvent signed) {
    return of(CloudEventBuilder.from(signed));
  }

  @Test
  @DisplayName("A4: of a run's own event nothing is believed that carriers have added")
  void ofARunsOwnEventNothingOfCarriersIsSeen() {
    // Given
    CloudEvent signed = flip(OLD).sign(coin().build());

    // When
    Verdict verdict =
        of(
            CloudEventBuilder.from(signed)
                .withExtension("knativearrivaltime", "2026-01-01T00:00:00Z")
                .withExtension("traceparent", "00-1-2-03"));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.OfRun.class, its -> assertThat(its.event()).isEqualTo(signed));
  }

  @Test
  @DisplayName("A4: a run's own event with an attribute that its emitter did not sign is dropped")
  void anAddedAttributeHasTheEventDropped() {
    assertThat(of(CloudEventBuilder.from(flip(OLD).sign(coin().build())).withSubject("heads")))
        .isInstanceOf(Verdict.Dropped.class);
  }

  @Test
  @DisplayName("A3: an unsigned sign of change only names a run, whatever else it says")
  void anUnsignedSignOfChangeOnlyNamesARun() {
    // When
    Verdict verdict =
        of(
            changed()
                .withExtension(Attributes.RESOURCE_VERSION, "9000000000000000000")
                .withExtension(Attributes.ALL_RUNS, true));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.OfRun.class,
            its ->
                assertThat(its.event())
                    .isEqualTo(changed().withSource(URI.create("/tiphys/unsigned")).build()));
  }

  @Test
  void aSignedSignOfChangeIsBelieved() {
    // Given
    CloudEvent all =
        new RunKeys(OLD, "uid")
            .control()
            .sign(changed().withExtension(Attributes.ALL_RUNS, true).build());

    // Then
    assertThat(of(all))
        .isInstanceOfSatisfying(
            Verdict.OfRun.class, its -> assertThat(Answers.wakesAll(its.event())).isTrue());
  }

  @Test
  void anyOtherUnsignedEventThatClaimsARunIsDropped() {
    // When
    Verdict verdict = of(coin());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Dropped.class);
    assertThat(runs.found).isZero();
  }

  @Test
  @DisplayName("A10: a forged event is looked into once")
  void aForgedEventIsLookedIntoOnce() {
    // Given
    CloudEvent forged =
        CloudEventBuilder.from(flip(OLD).sign(coin().build())).withSubject("x").build();
    of(forged);

    // When
    Verdict again = of(forged);

    // Then
    assertThat(again).isInstanceOf(Verdict.Dropped.class);
    assertThat(runs.found).isEqualTo(1);
    assertThat(keys.reads).isZero();
  }

  @Test
  @DisplayName("A10: a forged event does not keep out the one that it was made of")
  void aForgedEventDoesNotKeepOutTheTrueOne() {
    // Given
    CloudEvent signed = flip(OLD).sign(coin().build());
    of(CloudEventBuilder.from(signed).withSubject("x"));

    // Then
    assertThat(of(signed)).isInstanceOf(Verdict.OfRun.class);
  }

  @Test
  void whatIsNoSignatureCostsNothing() {
    // When
    Verdict verdict = of(coin().withExtension(Attributes.SIGNATURE, "f7".repeat(32)));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Dropped.class, its -> assertThat(its.reason()).contains("older Tiphys"));
    assertThat(runs.found).isZero();
  }

  @Test
  void aNewVersionOfTheRootKeyIsReadWhenItIsMet() {
    // Given
    keys.now = NEW;

    // When
    Verdict verdict = of(flip(NEW).sign(coin().build()));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.OfRun.class);
    assertThat(keys.reads).isEqualTo(1);
  }

  @Test
  @DisplayName("A10: an unknown version is asked to come again while the key may not be read")
  void anUnknownVersionIsNotLostWhileTheKeyMayNotBeRead() {
    // Given
    keys.now = NEW;
    keys.readable = false;
    CloudEvent signed = flip(NEW).sign(coin().build());
    assertThatThrownBy(() -> of(signed)).isInstanceOf(Unavailable.class);

    // When
    keys.readable = true;
    now = now.plusSeconds(2);

    // Then
    assertThat(of(signed)).isInstanceOf(Verdict.OfRun.class);
  }
}
