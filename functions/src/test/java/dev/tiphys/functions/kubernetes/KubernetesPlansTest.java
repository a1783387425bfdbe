package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.PlanBuilder;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.PlanSpec;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KubernetesPlansTest {
  private static final Plan PLAN = PlanBuilder.coinflip();

  @Test
  void aPlanIsReadByItsDigest() {
    assertThat(KubernetesPlans.plan(object(PLAN.id(), PLAN.toJson()))).isEqualTo(PLAN);
  }

  @Test
  @DisplayName("A7: a plan whose name is not its digest is refused")
  void aPlanOfAnotherNameIsRefused() {
    assertThatThrownBy(() -> KubernetesPlans.plan(object("coinflip-0123456789", PLAN.toJson())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("not what its name says");
  }

  @Test
  void aPlanOfAnOlderTiphysIsRefusedByName() {
    // Given
    String old = PLAN.toJson().replaceFirst("\"format\" : 2,", "");

    // Then
    assertThatThrownBy(() -> KubernetesPlans.plan(object(PLAN.id(), old)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("made by another Tiphys");
  }

  @Test
  void whatIsNoPlanIsRefused() {
    assertThatThrownBy(() -> KubernetesPlans.plan(object("x", "no JSON")))
        .isInstanceOf(Refused.class);
  }

  private static PlanResource object(String name, String json) {
    PlanResource object = new PlanResource();
    object.setMetadata(new ObjectMetaBuilder().withName(name).build());
    object.setSpec(new PlanSpec(json));
    return object;
  }
}
