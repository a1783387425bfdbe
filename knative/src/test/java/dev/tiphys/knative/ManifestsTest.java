package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ManifestsTest {
  private static final ObjectMapper YAML = new YAMLMapper();

  @Property
  void anyTextComesBackFromYamlAsItWas(@ForAll String text) throws Exception {
    // When
    String yaml = Manifests.toYaml(List.of(holding(text)));

    // Then
    assertThat(YAML.readValue(yaml, ConfigMap.class)).isEqualTo(holding(text));
  }

  @Example
  void textsThatAYamlReaderMightTakeForSomethingElseAreQuoted() {
    for (String text :
        List.of(
            "yes",
            "No",
            "on",
            "null",
            "~",
            "1",
            "1e3",
            "0x1f",
            "1:30",
            "2026-01-01",
            ".inf",
            "-",
            "a: b",
            "a #b",
            "*a",
            "&a",
            "!a",
            "@a",
            "%a",
            "a:",
            "{a}",
            "[a]",
            "",
            " a",
            "<<",
            "=")) {
      assertThat(Manifests.toYaml(List.of(holding(text)))).contains("value: \"" + text + "\"");
    }
  }

  @Example
  void severalLinesAreWrittenAsLines() {
    assertThat(Manifests.toYaml(List.of(holding("one\ntwo\n"))))
        .contains("  value: |\n    one\n    two\n");
  }

  @Example
  void eachObjectIsADocumentOfItsOwnWithoutStatusOrNulls() {
    // When
    String yaml = Manifests.toYaml(KnativeManifests.of(CoinFlip.plan(), Options.defaults()));

    // Then
    assertThat(yaml.lines().filter("---"::equals)).hasSize(15);
    assertThat(yaml).startsWith("---\n").doesNotContain("status:", "null", "{}");
  }

  @Example
  void theFunctionsFindThePlanThatWasCompiled() {
    // When
    var objects = KnativeManifests.of(CoinFlip.plan(), Options.defaults());

    // Then
    PlanResource plan = (PlanResource) objects.getFirst();
    assertThat(plan.getMetadata().getName()).isEqualTo(CoinFlip.plan().id());
    assertThat(plan.getSpec().plan()).isEqualTo(CoinFlip.plan().toJson());
  }

  @Example
  void theRootKeyHasNoDataSoThatApplyingItAgainWipesNothing() {
    // When
    var objects = KnativeManifests.of(CoinFlip.plan(), Options.defaults());

    // Then
    assertThat(objects)
        .filteredOn(Secret.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Secret.class,
            secret -> {
              assertThat(secret.getMetadata().getName()).isEqualTo("tiphys-root-key");
              assertThat(secret.getData()).isNullOrEmpty();
              assertThat(secret.getStringData()).isNullOrEmpty();
            });
  }

  private static ConfigMap holding(String text) {
    return new ConfigMapBuilder().addToData("value", text).build();
  }
}
