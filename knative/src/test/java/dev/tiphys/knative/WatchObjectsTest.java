package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.ResourceWatch;
import dev.tiphys.triggers.plan.Rule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchObjectsTest {
  @Test
  void allowsTheWatcherToListAndWatchJustThatResource() {
    // When
    List<HasMetadata> objects = objects(null, watch("apps/v1", "Deployment", null));

    // Then
    Role role = only(objects, Role.class);
    RoleBinding binding = only(objects, RoleBinding.class);
    assertThat(role.getRules()).containsExactly(rule("apps", "deployments"));
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects())
        .extracting(subject -> subject.getName())
        .containsExactly("tiphys-watcher");
  }

  @Test
  void knowsKindsThatHaveAnotherPluralThanUsual() {
    assertThat(
            only(objects(null, watch("v1", "Endpoints", null)), Role.class)
                .getRules()
                .getFirst()
                .getResources())
        .containsExactly("endpoints");
  }

  @Test
  void givesAnUnknownKindTheUsualPlural() {
    assertThat(only(objects(null, watch("shop.example/v1", "Policy", null)), Role.class).getRules())
        .containsExactly(rule("shop.example", "policies"));
  }

  @Test
  void allowsTheSameInAnotherNamespaceThere() {
    // When
    List<HasMetadata> objects = objects("games", watch("v1", "ConfigMap", "shop"));

    // Then
    assertThat(objects)
        .extracting(object -> object.getMetadata().getNamespace())
        .containsOnly("shop");
    assertThat(only(objects, RoleBinding.class).getSubjects())
        .extracting(subject -> subject.getNamespace())
        .containsExactly("games");
  }

  @Test
  void refusesAnotherNamespaceWhereTheOwnIsUnknown() {
    assertThatThrownBy(() -> objects(null, watch("v1", "ConfigMap", "shop")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1/ConfigMap of namespace shop")
        .hasMessageContaining("--namespace");
  }

  @Test
  void refusesKindsThatAreInNoNamespace() {
    assertThatThrownBy(() -> objects("games", watch("v1", "Node", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1/Node");
  }

  @Test
  void addsNothingForAPlanWithoutWatches() {
    assertThat(WatchObjects.of(CoinFlip.plan(), Options.defaults())).isEmpty();
  }

  private static List<HasMetadata> objects(@Nullable String namespace, ResourceWatch watch) {
    return WatchObjects.of(
        CoinFlip.with(List.of(new Rule.Stop(EventFilter.of(watch), "flip-coin"))),
        Options.defaults().withNamespace(namespace));
  }

  private static ResourceWatch watch(String apiVersion, String kind, @Nullable String namespace) {
    return new ResourceWatch(
        apiVersion,
        kind,
        namespace,
        new TreeMap<>(),
        new TreeMap<>(),
        ResourceWatch.of(apiVersion, kind).on());
  }

  private static PolicyRule rule(String group, String resource) {
    PolicyRule rule = new PolicyRule();
    rule.setApiGroups(List.of(group));
    rule.setResources(List.of(resource));
    rule.setVerbs(List.of("list", "watch"));
    return rule;
  }

  private static <T> T only(List<HasMetadata> objects, Class<T> kind) {
    List<T> found =
        objects.stream().flatMap(o -> kind.isInstance(o) ? Stream.of(kind.cast(o)) : null).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
