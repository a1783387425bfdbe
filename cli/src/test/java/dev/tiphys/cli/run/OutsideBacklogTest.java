package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** B1: events that were taken before a step's end are waited for, and no others. */
class OutsideBacklogTest {
  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: shop-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps: [[{name: handle, template: handle}]]
          - name: handle
            inputs:
              - {name: goods, valueFrom: {event: {metadata: {name: order}, objectField: goods, eventPolicy: create}}}
            container: {image: alpine, command: [echo, "{{inputs.parameters.goods}}"]}
      """;

  private static final String PATH = "main[0].handle";

  private final List<String> woken = new ArrayList<>();
  private final OutsideBacklog backlog =
      new OutsideBacklog(
          new RuleIndex(Objects.requireNonNull(Compiler.compile("shop.yaml", WORKFLOW).value())),
          woken::add);

  private static CloudEventBuilder event(String type) {
    return CloudEventBuilder.v1().withId("1").withSource(URI.create("/me")).withType(type);
  }

  private static CloudEvent order() {
    return event("order").build();
  }

  @Test
  void whatIsUnderWayIsWaitedForAndItsEndIsTold() {
    // Given
    backlog.taken(order());
    backlog.taken(order());
    backlog.handled(order());
    // When
    boolean before = backlog.holds("shop-1", PATH, "order");
    backlog.handled(order());
    // Then
    assertThat(before).isTrue();
    assertThat(woken).containsExactly("shop-1");
    assertThat(backlog.holds("shop-1", PATH, "order")).isFalse();
  }

  @Test
  void whatIsTakenLaterIsNotWaitedFor() {
    // Given
    backlog.taken(order());
    backlog.holds("shop-1", PATH, "order");
    // When
    backlog.taken(order());
    backlog.handled(order());
    // Then
    assertThat(backlog.holds("shop-1", PATH, "order")).isFalse();
  }

  @Test
  void nothingIsWaitedForWhereNothingIsUnderWay() {
    // Given
    backlog.taken(order());
    backlog.handled(order());
    // Then
    assertThat(backlog.holds("shop-1", PATH, "order")).isFalse();
    assertThat(woken).isEmpty();
  }

  @Test
  void eventsOfTasksAndOfOtherTypesDoNotCount() {
    // When
    backlog.taken(event("order").withExtension(Attributes.RUN, "shop-1").build());
    backlog.taken(event("closing").build());
    // Then
    assertThat(backlog.holds("shop-1", PATH, "order")).isFalse();
    assertThat(backlog.holds("shop-1", PATH, "closing")).isFalse();
  }
}
