package dev.tiphys.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.plan.Plan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Plan PLAN = PlanBuilder.coinflip();

  @Test
  @DisplayName("E4: what a run leaves behind that is over is not active for ever, but stopped")
  void e4WhatARunLeavesBehindIsStopped() {
    // Given
    World world = World.begun(PLAN);
    world.instances.move(world.only("flip-coin").name(), State.PENDING, State.RUNNING, "");
    Run run = world.run();
    String before = Summary.of(PLAN, run, world.instances.of(run.name())).outcome();

    // When
    Run over = Advance.end(run, Phase.FAILED, "stopped by a person");

    // Then
    assertThat(before).isEqualTo("flip-coin 1 active");
    assertThat(Summary.of(PLAN, over, world.instances.of(run.name())).outcome())
        .isEqualTo("flip-coin 1 stopped");
  }
}
