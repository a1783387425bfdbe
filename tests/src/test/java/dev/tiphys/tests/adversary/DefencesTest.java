package dev.tiphys.tests.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.port.Plans;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.http.HttpIngress;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite finds a breach when a defence is gone; else it proves nothing. */
class DefencesTest {
  private static final Plan PLAN = Victim.plan();
  private static final Tokens TOKENS = new Tokens();

  /** Where the number stands in {@code HTTP/1.1 202 Accepted}. */
  private static final int STATUS_FROM = 9;

  private static final int STATUS_TO = 12;

  @Test
  void findsThatSignaturesAreNotAsked() throws Exception {
    // Given: somebody on the way signs whatever claims to be of the run
    RunKeys stolen;
    try (Target target = Target.defended(PLAN)) {
      stolen = target.stolen();
    }
    UnaryOperator<CloudEvent> signing = event -> signed(event, stolen);
    // When
    List<String> breaches =
        Siege.breaches(PLAN, "coin", () -> new Target(PLAN, Target.known(PLAN), signing));
    // Then
    assertThat(breaches).isNotEmpty();
  }

  @Test
  void findsThatTaintIsNotAsked() throws Exception {
    // Given: a plan that does not know where parameters come to
    Plan untainted =
        new Plan(
            PLAN.workflow(),
            PLAN.runPrefix(),
            PLAN.entrypoint(),
            PLAN.parameters().stream()
                .map(parameter -> new Plan.Parameter(parameter.name(), parameter.value()))
                .toList(),
            PLAN.parallelism(),
            PLAN.templates(),
            PLAN.rules());
    // When
    List<String> breaches =
        Siege.breaches(untainted, EventTypes.RUN_BEGIN, () -> Target.defended(untainted));
    // Then
    assertThat(breaches).isNotEmpty();
  }

  @Test
  void findsThatAPlansNameIsNotChecked() throws Exception {
    // Given: a plan of somebody else's under a name of that form
    Plan evil = Victim.plan("echo hello", "echo " + Attack.MARK);
    Plans unchecked = id -> Optional.of(id.equals(PLAN.id()) ? PLAN : evil);
    // When
    List<String> breaches =
        Siege.breaches(
            PLAN,
            EventTypes.RUN_BEGIN,
            () -> new Target(PLAN, unchecked, UnaryOperator.identity()));
    // Then
    assertThat(breaches).isNotEmpty();
  }

  @Test
  void findsThatTheHostIsNotAsked() throws Exception {
    // Given: an address that is not only for programs of this machine
    AtomicInteger taken = new AtomicInteger();
    Broker broker =
        event -> {
          taken.incrementAndGet();
          return CompletableFuture.completedFuture(null);
        };
    try (HttpIngress asking = HttpIngress.start(broker, HttpIngress.Options.DEFAULT);
        HttpIngress open = HttpIngress.startForAll(broker, HttpIngress.Options.DEFAULT)) {
      // When: a page whose name leads here posts
      int refused = postOfPage(asking.uri().getPort());
      int before = taken.get();
      int admitted = postOfPage(open.uri().getPort());
      // Then
      assertThat(refused).isEqualTo(403);
      assertThat(before).isZero();
      assertThat(admitted).isEqualTo(202);
      assertThat(taken).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A8: finds that tokens are not asked, at each path of the functions")
  void findsThatTokensAreNotAsked(Reaction reaction) throws Exception {
    // Given
    Intrusion unasked = new Intrusion(PLAN, null);
    for (Map.Entry<String, Optional<String>> shown : TOKENS.wrong().entrySet()) {
      // When
      List<String> breaches = unasked.changes(reaction, shown.getKey(), shown.getValue());
      // Then
      assertThat(breaches).as(shown.getKey()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A8: who shows no token of a Trigger changes nothing at any path of the functions")
  void whoShowsNoTokenOfATriggerChangesNothing(Reaction reaction) throws Exception {
    // Given
    Intrusion guarded = new Intrusion(PLAN, TOKENS.check());
    for (Map.Entry<String, Optional<String>> shown : TOKENS.wrong().entrySet()) {
      // When
      List<String> breaches = guarded.changes(reaction, shown.getKey(), shown.getValue());
      // Then
      assertThat(breaches).isEmpty();
    }
    // and it is the token that makes the difference
    assertThat(guarded.changes(reaction, "a Trigger's token", Optional.of(TOKENS.right())))
        .isNotEmpty();
  }

  private static int postOfPage(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              """
              POST / HTTP/1.1\r
              Host: evil.example\r
              Origin: http://evil.example\r
              ce-specversion: 1.0\r
              ce-id: 1\r
              ce-source: /page\r
              ce-type: order\r
              Content-Length: 0\r
              Connection: close\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String status = answer.readLine();
      return Integer.parseInt(status.substring(STATUS_FROM, STATUS_TO));
    }
  }

  private static CloudEvent signed(CloudEvent event, RunKeys keys) {
    if (Attributes.value(event, Attributes.RUN) == null) {
      return event;
    }
    CloudEvent bare = CloudEventBuilder.from(event).withoutExtension(Attributes.SIGNATURE).build();
    if (event.getType().startsWith(EventTypes.RESERVED_PREFIX)) {
      return keys.control().sign(bare);
    }
    return StreamSource.parse(event.getSource().toString())
        .map(
            source ->
                keys.emitter(
                        new RunKeys.Emitter(
                            String.valueOf(Attributes.value(event, Attributes.TASK)),
                            source.instance(),
                            source.container(),
                            event.getType()))
                    .sign(bare))
        .orElse(event);
  }
}
