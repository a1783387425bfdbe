package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.plan.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeginTest {
  private final World world = new World(plan());

  @Test
  void beginsOneRunWhenTheEventIsDeliveredTwice() {
    // Given // When
    world.begin("{\"parameters\": {\"needed\": \"x\"}}");
    world.begin("{\"parameters\": {\"needed\": \"x\"}}");
    // Then
    assertThat(world.runs.all()).hasSize(1);
  }

  @Test
  void fillsParametersFromTheEventAndDefaultsElsewhere() {
    // Given // When
    world.begin("{\"parameters\": {\"needed\": 7}}");
    // Then
    assertThat(world.run().parameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("needed", "7", "optional", "default"));
  }

  @Test
  void refusesAnUnknownParameter() {
    assertRefused("{\"parameters\": {\"needed\": \"x\", \"other\": \"y\"}}", "other");
  }

  @Test
  void refusesAMissingParameter() {
    assertRefused("{}", "needed");
  }

  @Test
  void refusesAParameterThatIsNoPlainValue() {
    assertRefused("{\"parameters\": {\"needed\": {}}}", "needed");
  }

  @Test
  void refusesDataThatIsNoJson() {
    assertRefused("{", "JSON");
  }

  private void assertRefused(String data, String named) {
    // When
    Response response = world.begin(data);
    // Then
    assertThat(response.status()).isEqualTo(422);
    assertThat(response.problem()).contains(named);
    assertThat(world.runs.all()).isEmpty();
  }

  private static Plan plan() {
    return new PlanBuilder()
        .parameter("needed", null)
        .parameter("optional", "default")
        .steps("main", List.of(PlanBuilder.step("a", null)))
        .task("a", List.of(), null)
        .build();
  }
}
