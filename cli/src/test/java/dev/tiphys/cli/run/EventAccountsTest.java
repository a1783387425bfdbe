package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B1: what a broker has taken is what has become of it, or it is told by name what is lost. */
class EventAccountsTest {
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
              - {name: closing, valueFrom: {event: {metadata: {name: order}, eventPolicy: delete}}}
            container: {image: alpine, command: [echo, "{{inputs.parameters.goods}}"]}
      """;

  private static final String RUN = "shop-1";
  private static final String START = "start main/handle";
  private static final String STOP = "stop handle";

  static EventAccounts accounts() {
    return new EventAccounts(
        new RuleIndex(Objects.requireNonNull(Compiler.compile("shop.yaml", WORKFLOW).value())),
        event -> {});
  }

  private final EventAccounts accounts = accounts();

  private static CloudEvent event(String type, String id) {
    return CloudEventBuilder.v1().withId(id).withSource(URI.create("/me")).withType(type).build();
  }

  private CloudEvent taken(String type, String id) {
    CloudEvent event = event(type, id);
    accounts.taken(event, accounts.entering(event));
    return event;
  }

  @Test
  void anEventIsAccountedForWhenAllWhoListenHaveTold() {
    // Given
    CloudEvent order = taken("order", "1");
    accounts.fated(order, RUN, START, Fate.STARTED);
    // When
    RunReport.Accounts before = accounts.balance(counting(START, Fate.STARTED, 1));
    accounts.fated(order, RUN, STOP, Fate.STOPPED);
    RunReport.Accounts after =
        accounts.balance(
            List.of(run(Fates.NONE.with(START, Fate.STARTED).with(STOP, Fate.STOPPED))));
    // Then
    assertThat(before.balanced()).isFalse();
    assertThat(before.lost())
        .containsExactly("order 1 of /me: nothing became of it at stop handle");
    assertThat(after.balanced()).isTrue();
    assertThat(after.accounted()).isEqualTo(after.taken()).isOne();
  }

  @Test
  void whatBecomesADeadLetterWithoutAFateIsCountedByType() {
    // Given
    CloudEvent order = taken("order", "1");
    CloudEvent late = taken("order", "2");
    accounts.fated(late, RUN, START, Fate.LATE);
    List.of(order, late).forEach(event -> accounts.passed(event, Reaction.STOP));
    // When
    List.of(order, late).forEach(event -> accounts.deadLettered(UndeliveredTest.TRIGGER, event));
    // Then
    RunReport.Accounts books = accounts.balance(counting(START, Fate.LATE, 1));
    assertThat(books.inNoRun()).containsExactly(Map.entry("order", 1L));
    assertThat(books.balanced()).isTrue();
  }

  @Test
  void anEventOfOurNameThatNobodyListensToIsTold() {
    // When
    taken("dev.tiphys.something", "1");
    // Then
    assertThat(accounts.balance(List.of()).unheard())
        .containsExactly(Map.entry("dev.tiphys.something", 1L));
  }

  @Test
  void whatTheRunDoesNotCountIsTold() {
    // Given
    CloudEvent order = taken("order", "1");
    accounts.fated(order, RUN, START, Fate.CONDITION);
    accounts.passed(order, Reaction.STOP);
    // When
    RunReport.Accounts books = accounts.balance(List.of(run(Fates.NONE)));
    // Then
    assertThat(books.balanced()).isFalse();
    assertThat(books.lost())
        .containsExactly("run shop-1 counts {} at start main/handle, and {CONDITION=1} were told");
  }

  @Test
  void whatWasNotTakenIsNotMissed() {
    // Given
    CloudEvent order = event("order", "1");
    // When
    accounts.entering(order);
    accounts.withdrawn(order);
    // Then
    assertThat(accounts.balance(List.of()).balanced()).isTrue();
    assertThat(accounts.balance(List.of()).taken()).isZero();
  }

  @Test
  void fatesMayBeToldBeforeTheSenderIs() {
    // Given
    CloudEvent order = event("order", "1");
    List<String> listeners = accounts.entering(order);
    accounts.fated(order, RUN, START, Fate.STARTED);
    accounts.passed(order, Reaction.STOP);
    // When
    accounts.taken(order, listeners);
    // Then
    assertThat(accounts.balance(counting(START, Fate.STARTED, 1)).balanced()).isTrue();
  }

  @Test
  void repeatsAreCountedApart() {
    // Given
    CloudEvent first = taken("order", "1");
    accounts.fated(first, RUN, START, Fate.STARTED);
    accounts.passed(first, Reaction.STOP);
    CloudEvent again = taken("order", "1");
    accounts.fated(again, RUN, START, Fate.DUPLICATE);
    accounts.passed(again, Reaction.STOP);
    // When
    RunReport.Accounts books = accounts.balance(counting(START, Fate.STARTED, 1));
    // Then
    assertThat(books.balanced()).isTrue();
    assertThat(books.taken()).isEqualTo(2);
    assertThat(books.duplicates()).isOne();
  }

  @Test
  void anInstanceThatWasStoppedBeforeItRanIsNoDifference() {
    // Given
    CloudEvent order = taken("order", "1");
    accounts.fated(order, RUN, START, Fate.STARTED);
    accounts.passed(order, Reaction.STOP);
    // Then
    assertThat(accounts.balance(counting(START, Fate.SUPERSEDED, 1)).balanced()).isTrue();
  }

  @Test
  @DisplayName("an event that nobody listens to is told by its type, of 100 types")
  void whatNobodyListensToIsTold() {
    // When
    for (int type = 0; type < EventAccounts.TYPES_MAX + 3; type++) {
      taken("type" + type, "1");
    }
    // Then
    RunReport.Accounts books = accounts.balance(List.of());
    assertThat(books.balanced()).isTrue();
    assertThat(books.unheard())
        .hasSize(EventAccounts.TYPES_MAX + 1)
        .containsEntry("type0", 1L)
        .containsEntry(EventAccounts.OTHER, 3L);
  }

  @Test
  void aStreamThatWasNotHeardToItsEndIsTold() {
    // Given
    Summary run =
        new Summary(
            RUN, Phase.SUCCEEDED, "", new TreeMap<>(), Fates.NONE, List.of("events are missing"));
    // When
    RunReport.Accounts books = accounts.balance(List.of(run));
    // Then
    assertThat(books.balanced()).isFalse();
    assertThat(books.lost()).containsExactly("events are missing");
  }

  private static List<Summary> counting(String listener, Fate fate, int count) {
    return List.of(run(Fates.NONE.with(listener, fate, count)));
  }

  private static Summary run(Fates fates) {
    return new Summary(RUN, Phase.SUCCEEDED, "", new TreeMap<>(), fates, List.of());
  }
}
