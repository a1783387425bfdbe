package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.Reaction;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
  @Test
  void startCreatesPodsAndDeletesNone() {
    assertThat(verbs(Reaction.START, "pods")).contains("create").doesNotContain("delete");
  }

  @Test
  void stopNeitherCreatesNorDeletesPods() {
    assertThat(verbs(Reaction.STOP, "pods")).contains("patch").doesNotContain("create", "delete");
  }

  @Test
  void beginTouchesNoPods() {
    assertThat(verbs(Reaction.BEGIN, "pods")).containsExactlyInAnyOrder("get", "list", "watch");
  }

  @Test
  void onlyBeginMakesRunsAndTheirKeys() {
    for (Reaction reaction : Set.of(Reaction.START, Reaction.STOP, Reaction.ADVANCE)) {
      assertThat(verbs(reaction, "workflowruns")).doesNotContain("create");
      assertThat(verbs(reaction, "secrets")).containsExactly("get");
    }
  }

  @ParameterizedTest
  @EnumSource(Reaction.class)
  void nobodyMayDoEverythingOrListSecrets(Reaction reaction) {
    assertThat(Permissions.of(List.of(reaction)))
        .allSatisfy(
            rule -> {
              assertThat(rule.getVerbs()).doesNotContain("*");
              assertThat(rule.getResources()).doesNotContain("*");
            });
    assertThat(verbs(reaction, "secrets")).doesNotContain("list", "watch");
  }

  @Test
  void theWatcherScalesItselfAlone() {
    assertThat(Permissions.ofWatcher())
        .filteredOn(rule -> rule.getApiGroups().contains("apps"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.getResourceNames()).containsExactly("tiphys-watcher"));
  }

  @Test
  void theWatcherListsNothingButPodsAndRunsOfItself() {
    assertThat(Permissions.ofWatcher())
        .filteredOn(rule -> rule.getVerbs().contains("list"))
        .flatExtracting(PolicyRule::getResources)
        .containsExactlyInAnyOrder("pods", "workflowruns");
  }

  private static Set<String> verbs(Reaction reaction, String resource) {
    return Permissions.of(List.of(reaction)).stream()
        .filter(rule -> rule.getResources().contains(resource))
        .map(PolicyRule::getVerbs)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }
}
