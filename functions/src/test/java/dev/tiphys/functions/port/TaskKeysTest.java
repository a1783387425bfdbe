package dev.tiphys.functions.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.event.RootKey;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.Common;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.Proxied;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TaskKeysTest {
  private static final RunKeys RUN = new RunKeys(RootKey.random(new Random(1)), "uid");
  private static final EventSidecar LINES = watcher("lines", null);
  private static final EventSidecar ERRORS = watcher("errors", null);
  private static final EventSidecar FEEDER = watcher("feeder", "http://127.0.0.1:9080/");
  private static final EventSidecar PROXY =
      new EventSidecar.NetworkProxy(
          common("proxy", null),
          9080,
          new Proxied.Events(new TreeSet<>(Set.of("feeder")), List.of(), null),
          OnStop.DISCARD);

  private static EventSidecar watcher(String name, @Nullable String sink) {
    return new EventSidecar.StdoutWatcher(
        common(name, sink), EventSidecar.Stream.STDOUT, OnStop.DISCARD);
  }

  private static Common common(String name, @Nullable String sink) {
    return new Common(
        name, "image", "coin", new TreeMap<>(), sink == null ? null : URI.create(sink));
  }

  private static TaskKeys keys(String instance) {
    return new TaskKeys(
        RUN,
        new Instance.Identity(instance, "coinflip", "run-1", "main", "flip", null, 0),
        List.of(LINES, ERRORS, FEEDER, PROXY));
  }

  @Test
  @DisplayName("A5: each sidecar of a task has a key of its own, in each instance another")
  void eachSidecarHasItsOwnKey() {
    assertThat(
            List.of(
                keys("flip-1").of(LINES).text(),
                keys("flip-1").of(ERRORS).text(),
                keys("flip-1").of(PROXY).text(),
                keys("flip-2").of(LINES).text(),
                RUN.control().text()))
        .doesNotHaveDuplicates();
  }

  @Test
  void theProxyCanTellTheKeyOfWhatFeedsIt() {
    assertThat(keys("flip-1").of(FEEDER).text())
        .isEqualTo(keys("flip-1").of(PROXY).ofFeeder("feeder", "coin").text());
  }
}
