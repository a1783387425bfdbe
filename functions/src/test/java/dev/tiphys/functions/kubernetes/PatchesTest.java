package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PatchesTest {
  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aPodThatIsStoppedEndsAtOnce() {
    assertThat(deadline(pod(STARTED, null, false), 60_000)).isEqualTo(1);
  }

  @Test
  @DisplayName("B8: sidecars have a moment to see that the stop is ours")
  void sidecarsHaveAMomentToSeeTheStop() {
    assertThat(deadline(pod(STARTED, null, true), 60_000)).isEqualTo(61);
    assertThat(deadline(pod(STARTED, null, true), 60_600)).isEqualTo(62);
  }

  @Test
  void noNodeHasToShowAnything() {
    assertThat(deadline(pod(null, null, true), 60_000)).isEqualTo(1);
  }

  @Test
  void aDeadlineIsOnlyLowered() {
    assertThat(deadline(pod(STARTED, 60L, true), 60_000)).isEqualTo(60);
    assertThat(deadline(pod(STARTED, 90L, true), 60_000)).isEqualTo(61);
  }

  private static long deadline(SeenPod pod, long millis) {
    String patch = Patches.stop(pod, "enough", STARTED.plusMillis(millis));
    return Json.read(patch, JsonNode.class).at("/spec/activeDeadlineSeconds").asLong();
  }

  private static SeenPod pod(@Nullable Instant startedAt, @Nullable Long deadline, boolean told) {
    Instance instance =
        new Instance(
            new Instance.Identity("a", "w", "r", "main", "a", null, 0),
            Instance.State.RUNNING,
            true,
            false,
            "",
            STARTED);
    return new SeenPod("uid", 1, "owner", false, true, startedAt, deadline, told, false, instance);
  }
}
