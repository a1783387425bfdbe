package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.Reaction;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
  void onlyBeginMakesRuns() {
    for (Reaction reaction : Set.of(Reaction.START, Reaction.STOP, Reaction.ADVANCE)) {
      assertThat(verbs(reaction, "workflowruns")).doesNotContain("create");
    }
  }

  @Test
  void theWatcherChangesTriggersOfOldPlansAndMakesNone() {
    assertThat(Permissions.ofWatcher())
        .filteredOn(rule -> rule.getResources().contains("triggers"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("delete", "list", "patch"));
  }

  static Stream<List<PolicyRule>> accounts() {
    return Stream.concat(
        Stream.of(Reaction.values()).map(reaction -> Permissions.of(List.of(reaction))),
        Stream.of(
            Permissions.of(List.of(Reaction.values())),
            Permissions.ofWatcher(),
            Permissions.ofSidecars(),
            Permissions.ofCarrier()));
  }

  @ParameterizedTest
  @MethodSource("accounts")
  @DisplayName("A6: no account of ours may touch a Secret but the root key, nor list any")
  void theRootKeyIsTheOnlySecret(List<PolicyRule> account) {
    assertThat(account)
        .filteredOn(rule -> rule.getResources().contains("secrets"))
        .allSatisfy(
            rule -> {
              assertThat(rule.getResourceNames()).containsExactly("tiphys-root-key");
              assertThat(rule.getVerbs()).isSubsetOf("get", "update");
            });
  }

  @Test
  void theWatcherFillsNoKey() {
    assertThat(Permissions.ofWatcher())
        .filteredOn(rule -> rule.getResources().contains("secrets"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("get"));
  }

  @ParameterizedTest
  @MethodSource("accounts")
  @DisplayName("A7: a ConfigMap is no plan, and no account of ours reads one or makes a Plan")
  void plansAreReadAsPlans(List<PolicyRule> account) {
    assertThat(account).flatExtracting(PolicyRule::getResources).doesNotContain("configmaps");
    assertThat(account)
        .filteredOn(rule -> rule.getResources().contains("plans"))
        .allSatisfy(rule -> assertThat(rule.getVerbs()).containsExactly("get"));
  }

  @ParameterizedTest
  @EnumSource(Reaction.class)
  void nobodyMayDoEverything(Reaction reaction) {
    assertThat(Permissions.of(List.of(reaction)))
        .allSatisfy(
            rule -> {
              assertThat(rule.getVerbs()).doesNotContain("*");
              assertThat(rule.getResources()).doesNotContain("*");
            });
  }

  @Test
  void theWatcherScalesItselfAlone() {
    assertThat(Permissions.ofWatcher())
        .filteredOn(rule -> rule.getApiGroups().contains("apps"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.getResourceNames()).containsExactly("tiphys-watcher"));
  }

  @Test
  void theWatcherListsNothingButPodsRunsAndTriggersOfItself() {
    assertThat(Permissions.ofWatcher())
        .filteredOn(rule -> rule.getVerbs().contains("list"))
        .flatExtracting(PolicyRule::getResources)
        .containsExactlyInAnyOrder("pods", "workflowruns", "triggers");
  }

  private static Set<String> verbs(Reaction reaction, String resource) {
    return Permissions.of(List.of(reaction)).stream()
        .filter(rule -> rule.getResources().contains(resource))
        .map(PolicyRule::getVerbs)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }
}
