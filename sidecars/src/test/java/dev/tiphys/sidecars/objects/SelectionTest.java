package dev.tiphys.sidecars.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.ResourceWatch;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Map<String, String> ANY = Map.of();

  @Test
  void selectsByApiVersionAndKind() {
    assertThat(selects("v1", "ConfigMap", null, ANY, ANY)).isTrue();
    assertThat(selects("v1", "Secret", null, ANY, ANY)).isFalse();
    assertThat(selects("apps/v1", "ConfigMap", null, ANY, ANY)).isFalse();
  }

  @Test
  void selectsByNamespaceWhichIsTheWorkflowsUnlessItIsNamed() {
    assertThat(selects("v1", "ConfigMap", "shop", ANY, ANY)).isTrue();
    assertThat(selects("v1", "ConfigMap", "other", ANY, ANY)).isFalse();
  }

  @Test
  void selectsByAllLabels() {
    assertThat(selects("v1", "ConfigMap", null, Map.of("what", "order"), ANY)).isTrue();
    assertThat(selects("v1", "ConfigMap", null, Map.of("what", "note"), ANY)).isFalse();
    assertThat(selects("v1", "ConfigMap", null, Map.of("what", "order", "a", "b"), ANY)).isFalse();
  }

  @Test
  void selectsByAllFields() {
    assertThat(selects("v1", "ConfigMap", null, ANY, Map.of("metadata.name", "order"))).isTrue();
    assertThat(selects("v1", "ConfigMap", null, ANY, Map.of("data.goods", "milk"))).isFalse();
    assertThat(selects("v1", "ConfigMap", null, ANY, Map.of("data.none", "milk"))).isFalse();
  }

  private static boolean selects(
      String apiVersion,
      String kind,
      @Nullable String namespace,
      Map<String, String> labels,
      Map<String, String> fields) {
    ResourceWatch watch =
        new ResourceWatch(
            apiVersion,
            kind,
            namespace,
            new TreeMap<>(labels),
            new TreeMap<>(fields),
            ResourceWatch.of(apiVersion, kind).on());
    return Selection.selects(watch, Sample.configMap("a", "1"), "shop");
  }
}
