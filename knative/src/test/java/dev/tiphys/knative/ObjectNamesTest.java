package dev.tiphys.knative;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ObjectNamesTest {
  private static final String LABEL = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?";

  @Property(tries = 20)
  void noObjectOfAWorkflowExceedsWhatKubernetesTakes(@ForAll("longNames") String workflow) {
    // Given
    Options options = Options.defaults().withTriggers(TriggerMode.PER_RULE);

    // When
    List<HasMetadata> objects = KnativeManifests.of(CoinFlip.named(workflow), options);

    // Then
    assertThat(objects)
        .allSatisfy(
            object -> {
              assertThat(object.getMetadata().getName()).matches("[a-z0-9.-]{1,253}");
              assertThat(object.getMetadata().getLabels().values())
                  .allSatisfy(label -> assertThat(label).matches(LABEL));
            });
    assertThat(objects)
        .filteredOn(object -> !object.getKind().equals("Plan"))
        .allSatisfy(object -> assertThat(object.getMetadata().getName()).matches(LABEL));
    assertThat(objects)
        .extracting(object -> object.getKind() + object.getMetadata().getName())
        .doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<String> longNames() {
    return Arbitraries.strings().withChars("abz09-").ofMinLength(50).ofMaxLength(300);
  }
}
