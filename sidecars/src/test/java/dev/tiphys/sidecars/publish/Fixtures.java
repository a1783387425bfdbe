package dev.tiphys.sidecars.publish;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.SigningKey;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.data.BytesCloudEventData;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What tests of sidecars have in common. */
public final class Fixtures {
  /** How long anything may take before a test fails. */
  public static final Duration DEADLINE = Duration.ofSeconds(20);

  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final RunKeys KEYS = new RunKeys(RootKey.random(new Random(1)), "uid-1");

  private Fixtures() {}

  /** Of the run. */
  public static RunKeys keys() {
    return KEYS;
  }

  /** Of an emitter, whoever that is. */
  public static SigningKey key() {
    return KEYS.control();
  }

  public static Contract contract(URI sink) {
    return new Contract(
        sink,
        new Origin("coinflip", "coinflip-1", "flip-coin", "flip-coin-x", "uid-7", "watcher"),
        "coin",
        new TreeMap<>(),
        new TreeMap<>(),
        key(),
        Limits.DEFAULT);
  }

  public static Contract contract() {
    return contract(URI.create("http://sink.test/"));
  }

  public static Contract contract(Map<String, String> labels, Map<String, String> overrides) {
    Contract plain = contract();
    return new Contract(
        plain.sink(),
        plain.origin(),
        plain.eventType(),
        new TreeMap<>(labels),
        new TreeMap<>(overrides),
        plain.key(),
        plain.limits());
  }

  /** Time stands still, and waits are over at once. */
  public static Surroundings surroundings() {
    return new Surroundings(() -> NOW, new Random(1), Fixtures::pause);
  }

  private static void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  public static Emission emission(int n) {
    return new Emission(
        BytesCloudEventData.wrap(("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8)));
  }

  public static List<Long> numbers(List<CloudEvent> events) {
    return events.stream().map(event -> Position.of(event).orElseThrow().sequence()).toList();
  }

  public static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
