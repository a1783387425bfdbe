package dev.tiphys.cli.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.StreamEvents;
import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String JSON = "application/json";
  private static final Contract CONTRACT = Trial.contract(Trial.SINK, Trial.UID);
  private static final StreamEvents EVENTS = new StreamEvents(CONTRACT, "test");
  private static final Observed.Exit WELL = new Observed.Exit(0, true, Duration.ZERO);
  private static final Observed.CutOff KILLED =
      new Observed.CutOff(true, new Observed.Exit(137, false, Duration.ZERO));

  @Test
  void aSidecarOfOursKeepsEveryRule() {
    // Given
    List<Post> posts =
        List.of(
            post(event(1), false),
            post(event(1), true),
            post(event(2), true),
            post(event(2), true),
            post(marker(2), false),
            post(marker(2), true));
    // When
    List<Rule> violated = violated(new Observed(posts, WELL, KILLED));
    // Then
    assertThat(violated).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(Rule.EMITS, posts -> posts.removeIf(post -> !post.marker())),
        fault(
            Rule.BINARY,
            posts -> posts.add(0, Post.of("application/cloudevents+json", event(1), true))),
        fault(Rule.BINARY, posts -> posts.add(0, Post.unreadable(JSON, "no event"))),
        fault(Rule.ATTRIBUTES, changed(event -> event.withTime(null))),
        fault(Rule.TYPE, changed(event -> event.withType("other"))),
        fault(Rule.SOURCE, changed(event -> event.withSource(URI.create("/mine")))),
        fault(Rule.RUN, changed(event -> event.withExtension(Attributes.RUN, "another"))),
        fault(Rule.RUN, changed(event -> event.withoutExtension(Attributes.PARTITION_KEY))),
        fault(Rule.TASK, changed(event -> event.withExtension(Attributes.TASK, "another"))),
        fault(Rule.DATA, changed(event -> event.withData("x".getBytes(UTF_8)))),
        fault(Rule.SIGNATURE, unsigned(event -> event.withExtension(Attributes.SIGNATURE, "0a"))),
        fault(Rule.SIGNATURE, unsigned(event -> event.withoutExtension(Attributes.SIGNATURE))),
        fault(Rule.SEQUENCE, changed(event -> event.withoutExtension(Attributes.SEQUENCE))),
        fault(Rule.SEQUENCE, posts -> posts.add(2, post(event(4), true))),
        fault(Rule.RETRY, posts -> posts.add(0, post(event(9), false))),
        fault(Rule.IDENTITY, posts -> posts.add(1, post(resigned(event(1).getId() + "x"), true))),
        fault(Rule.MARKER, posts -> posts.removeIf(Post::marker)),
        fault(
            Rule.MARKER,
            posts -> {
              posts.removeIf(Post::marker);
              posts.add(post(marker(7), true));
            }),
        fault(Rule.LAST, posts -> posts.add(post(event(2), true))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachRuleFindsItsFault(Rule rule, Fault fault) {
    // Given
    List<Post> posts =
        new ArrayList<>(List.of(post(event(1), true), post(event(2), true), post(marker(2), true)));
    fault.add(posts);
    // When
    List<Rule> violated = violated(new Observed(posts, WELL, KILLED));
    // Then
    assertThat(violated).contains(rule);
  }

  @Test
  void anExitHasToBeInTimeAndInOrder() {
    // Given
    Observed late = ended(new Observed.Exit(0, false, Duration.ofSeconds(10)), KILLED);
    Observed broken = ended(new Observed.Exit(143, true, Duration.ZERO), KILLED);
    // Then
    assertThat(violated(late)).containsExactly(Rule.EXIT);
    assertThat(violated(broken)).containsExactly(Rule.EXIT);
  }

  @Test
  void anExitCodeOfZeroSaysThatAllIsPublished() {
    // When
    List<Rule> violated = violated(ended(WELL, new Observed.CutOff(true, WELL)));
    // Then
    assertThat(violated).containsExactly(Rule.HONEST_EXIT);
  }

  @Test
  void aViolationSaysWhatWasSeenAndWhatToDo() {
    // Given
    List<Post> posts = List.of(post(event(1), true), post(event(3), true), post(marker(3), true));
    // When
    Finding finding =
        Judgement.of(CONTRACT, new Observed(posts, WELL, KILLED)).stream()
            .filter(it -> it.rule() == Rule.SEQUENCE)
            .findFirst()
            .orElseThrow();
    // Then
    assertThat(finding.shown())
        .isEqualTo(
            new Finding.Shown(
                "sequence",
                "events are numbered from 1 without gaps",
                false,
                List.of("no event has the number 2"),
                Rule.SEQUENCE.remedy()));
  }

  @FunctionalInterface
  interface Fault {
    void add(List<Post> posts);
  }

  private static Arguments fault(Rule rule, Fault fault) {
    return Arguments.of(rule, fault);
  }

  /** Something about the first event, which is signed all the same. */
  private static Fault changed(UnaryOperator<CloudEventBuilder> change) {
    return posts ->
        posts.set(
            0,
            post(
                CONTRACT.key().sign(change.apply(CloudEventBuilder.from(event(1))).build()), true));
  }

  private static Fault unsigned(UnaryOperator<CloudEventBuilder> change) {
    return posts ->
        posts.set(0, post(change.apply(CloudEventBuilder.from(event(1))).build(), true));
  }

  private static CloudEvent resigned(String id) {
    return CONTRACT.key().sign(CloudEventBuilder.from(event(1)).withId(id).build());
  }

  private static Observed ended(Observed.Exit exit, Observed.CutOff cutOff) {
    return new Observed(List.of(post(event(1), true), post(marker(1), true)), exit, cutOff);
  }

  private static List<Rule> violated(Observed observed) {
    return Judgement.of(CONTRACT, observed).stream()
        .filter(finding -> !finding.kept())
        .map(Finding::rule)
        .toList();
  }

  private static Post post(CloudEvent event, boolean acknowledged) {
    return Post.of(JSON, event, acknowledged);
  }

  private static CloudEvent event(long number) {
    return EVENTS.event(
        number,
        new Emission(BytesCloudEventData.wrap(("{\"n\":" + number + "}").getBytes(UTF_8))),
        NOW);
  }

  private static CloudEvent marker(long last) {
    return EVENTS.marker(last, 0, NOW);
  }
}
