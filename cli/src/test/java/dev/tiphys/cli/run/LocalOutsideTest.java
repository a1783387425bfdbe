package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiphys.cli.run.view.EventCount;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a local broker makes of an event from outside that no run takes. */
class LocalOutsideTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: shop-}
      spec:
        entrypoint: main
        templates:
          - name: main
            ENTRY
            steps: [[{name: handle, template: handle}]]
          - name: handle
            inputs:
              - {name: goods, valueFrom: {event: {metadata: {name: order}, objectField: goods, eventPolicy: create}}}
              - {name: closing, valueFrom: {event: {metadata: {name: closing}, eventPolicy: delete}}}
            container: {image: alpine, command: [echo, "{{inputs.parameters.goods}}"]}
      """;

  private static final String AWAITING =
      "inputs: [{name: day, valueFrom: {event: {metadata: {name: opening}, objectField: day,"
          + " eventPolicy: create}}}]";

  @TempDir private Path work;

  @Test
  @DisplayName("A11: a post that would start a task is refused while no run is active")
  void a11APostThatWouldStartATaskIsRefusedWithoutARun() throws Exception {
    // Given: a run that an event is to begin
    try (LocalRun run = open(AWAITING)) {
      // When
      HttpResponse<String> order = Stranger.post(run, "order", "{\"goods\": \"bread\"}");
      HttpResponse<String> closing = Stranger.post(run, "closing", "");

      // Then
      assertThat(order.statusCode()).isEqualTo(422);
      assertThat(order.body()).contains("no run of shop is active");
      assertThat(closing.statusCode()).isEqualTo(202);
      assertThat(run.dropped().unusable()).hasSize(1).containsValue(1L);
    }
  }

  @Test
  @DisplayName("A11: a post before the run begins waits for it, and is taken")
  void a11APostBeforeTheRunBeginsWaitsForIt() throws Exception {
    // Given: the address is known, and the run begins a moment later
    try (LocalRun run = open("");
        ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> early =
          sender.submit(() -> Stranger.post(run, "order", "{\"goods\": \"bread\"}"));
      Thread.sleep(200); // it is there before, in all likelihood

      // When
      run.begin(Map.of());

      // Then
      assertThat(early.get().statusCode()).isEqualTo(202);
      Stranger.post(run, "closing", "");
      run.await(DEADLINE);
      assertThat(run.view().runs().getFirst().events())
          .extracting(EventCount::type, EventCount::total)
          .contains(tuple("order", 1L));
      assertThat(run.view().warnings()).isEmpty();
    }
  }

  @Test
  @DisplayName("A11: a post does not wait for ever: it is asked to come again")
  void a11APostDoesNotWaitForEver() throws Exception {
    // Given: a run that does not begin
    try (LocalRun run = open("")) {
      // When
      HttpResponse<String> order = Stranger.post(run, "order", "{\"goods\": \"bread\"}");

      // Then
      assertThat(order.statusCode()).isEqualTo(503);
      assertThat(order.headers().firstValue("retry-after")).isPresent();
    }
  }

  @Test
  void aPostThatClaimsARunAndIsNotSignedBeginsNone() throws Exception {
    // Given
    try (LocalRun run = open(AWAITING)) {
      // When
      HttpResponse<String> opening =
          Stranger.post(run, "opening", "{\"day\": \"monday\"}", Map.of(Attributes.RUN, "shop-1"));
      for (long end = System.nanoTime() + DEADLINE.toNanos();
          run.dropped().unsigned() == 0 && System.nanoTime() < end; ) {
        Thread.sleep(10);
      }

      // Then
      assertThat(opening.statusCode()).isEqualTo(202);
      assertThat(run.dropped().unsigned()).isEqualTo(1);
      assertThat(run.summaries()).isEmpty();
    }
  }

  @Test
  void whenAPostHasComeIsNotItsSendersToSay() throws Exception {
    // Given
    List<CloudEvent> taken = new CopyOnWriteArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void published(CloudEvent event) {
            taken.add(event);
          }
        };
    try (LocalRun run = open("", listener)) {
      run.begin(Map.of());

      // When
      Stranger.post(
          run,
          "closing",
          "",
          Map.of(Attributes.ARRIVAL_TIME, "0001-01-01T00:00:00Z", "region", "north"));

      // Then
      assertThat(taken)
          .filteredOn(event -> event.getType().equals("closing"))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.getExtensionNames())
                      .contains("region")
                      .doesNotContain(Attributes.ARRIVAL_TIME));
    }
  }

  @ParameterizedTest
  @CsvSource({"endofstream, true", "refused, 400"})
  void aPostWithAPartInAStreamIsRefusedAndCounted(String attribute, String value) throws Exception {
    // Given: a run that would take the order
    try (LocalRun run = open("")) {
      run.begin(Map.of());

      // When
      HttpResponse<String> order =
          Stranger.post(run, "order", "{\"goods\": \"bread\"}", Map.of(attribute, value));

      // Then
      assertThat(order.statusCode()).isEqualTo(422);
      assertThat(order.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(order.body()).contains("`" + attribute + "`");
      assertThat(run.dropped().unusable()).hasSize(1).containsValue(1L);
    }
  }

  private LocalRun open(String entry) throws IOException {
    return open(entry, RunListener.NONE);
  }

  private LocalRun open(String entry, RunListener listener) throws IOException {
    String text = WORKFLOW.replace("ENTRY", entry);
    Plan plan = Objects.requireNonNull(Compiler.compile("shop.yaml", text).value());
    return LocalRun.open(
        plan,
        new LocalRun.Settings(work, false, 0, Duration.ofSeconds(1), System.getenv()),
        listener);
  }
}
