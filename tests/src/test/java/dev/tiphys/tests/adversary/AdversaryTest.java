package dev.tiphys.tests.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.triggers.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger changes nothing but by the events that the workflow declares. */
class AdversaryTest {
  private static final Plan PLAN = Victim.plan();

  @ParameterizedTest
  @MethodSource("types")
  void aStrangerChangesNothingButByDeclaredEvents(String type) throws Exception {
    assertThat(Siege.breaches(PLAN, type, () -> Target.defended(PLAN))).isEmpty();
  }

  static Stream<String> types() throws IOException {
    try (Target target = Target.defended(PLAN)) {
      return new ArrayList<>(List.copyOf(target.attacks().types())).stream();
    }
  }
}
