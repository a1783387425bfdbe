package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.LoggedLines;
import dev.tiphys.triggers.log.Logs;
import io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClientLogTest {
  @Test
  @DisplayName("E9: the client does not warn of the version of our own types, and of all else")
  void e9TheClientDoesNotWarnOfOurOwnVersion() {
    // Given
    Logs.configure(Map.of(), new ArrayList<>());
    try (LoggedLines lines = LoggedLines.of("io.fabric8")) {
      // When: a type is warned of once in a process, so one that nobody has asked for yet
      VersionUsageUtils.log("e9s", "v1alpha1");
      LoggerFactory.getLogger("io.fabric8.kubernetes.client").warn("a watch broke");

      // Then
      assertThat(lines.all()).containsExactly("a watch broke");
    }
  }
}
