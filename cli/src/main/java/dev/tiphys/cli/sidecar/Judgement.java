package dev.tiphys.cli.sidecar;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.json.Json;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Holds what was observed of a sidecar to the rules. */
final class Judgement {
  /** Violations of one rule that are told; the others are like them. */
  private static final int TOLD = 3;

  private final Contract contract;
  private final Observed observed;

  private Judgement(Contract contract, Observed observed) {
    this.contract = contract;
    this.observed = observed;
  }

  /** One finding per rule, in the rules' order. */
  static List<Finding> of(Contract contract, Observed observed) {
    Judgement judgement = new Judgement(contract, observed);
    return Arrays.stream(Rule.values())
        .map(rule -> new Finding(rule, judgement.violations(rule).distinct().limit(TOLD).toList()))
        .toList();
  }

  private Stream<String> violations(Rule rule) {
    return switch (rule) {
      case EMITS ->
          observed.events().findAny().isEmpty() ? Stream.of("no event arrived") : Stream.empty();
      case BINARY ->
          observed.posts().stream()
              .filter(post -> !post.binary())
              .map(
                  post ->
                      post.problem().isEmpty()
                          ? post.id() + " came as " + post.contentType()
                          : "a request was no event: " + post.problem());
      case ATTRIBUTES -> each(Judgement::missing);
      case TYPE -> each(event -> differs("type", contract.eventType(), event.getType()));
      case SOURCE ->
          each(
              event ->
                  differs(
                      "source",
                      contract.origin().source().toString(),
                      event.getSource().toString()));
      case RUN ->
          Stream.of(Attributes.RUN, Attributes.PARTITION_KEY)
              .flatMap(
                  name ->
                      each(
                          event ->
                              differs(
                                  name,
                                  contract.origin().run(),
                                  String.valueOf(Attributes.value(event, name)))));
      case TASK ->
          each(
              event ->
                  differs(
                      Attributes.TASK,
                      contract.origin().task(),
                      String.valueOf(Attributes.value(event, Attributes.TASK))));
      case DATA -> observed.events().flatMap(post -> data(post).stream());
      case SIGNATURE ->
          each(
              event ->
                  contract.key().hasSigned(event)
                      ? Optional.empty()
                      : Optional.of(
                          Attributes.value(event, Attributes.SIGNATURE) == null
                              ? "there is no tiphyssignature"
                              : "the signature is not that of the event"));
      case SEQUENCE -> sequence();
      case RETRY -> retry();
      case IDENTITY -> identity();
      case MARKER -> marker();
      case LAST -> last();
      case EXIT -> exit();
      case HONEST_EXIT ->
          observed.cutOff().emitted() && observed.cutOff().exit().code() == 0
              ? Stream.of("it exited with 0 though nobody answered any more")
              : Stream.empty();
    };
  }

  /** What each event has against it, with its id. */
  private Stream<String> each(Function<CloudEvent, Optional<String>> judge) {
    return observed.posts().stream()
        .flatMap(post -> post.event().stream())
        .flatMap(event -> judge.apply(event).map(what -> event.getId() + ": " + what).stream());
  }

  private static Optional<String> missing(CloudEvent event) {
    return event.getTime() == null ? Optional.of("there is no time") : Optional.empty();
  }

  private static Optional<String> differs(String name, String expected, String actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of(name + " is " + actual + ", not " + expected);
  }

  private static Optional<String> data(Post post) {
    if (!post.contentType().startsWith("application/json")) {
      return Optional.of(post.id() + ": the content type is " + post.contentType());
    }
    try {
      return Json.parse(post.data()).isMissingNode()
          ? Optional.of(post.id() + ": there are no data")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(post.id() + ": the data are no JSON");
    }
  }

  private Stream<String> sequence() {
    List<String> without =
        observed.events().filter(post -> post.number().isEmpty()).map(Post::id).distinct().toList();
    NavigableSet<Long> numbers = numbers();
    Stream<String> gaps =
        Stream.iterate(1L, n -> n <= (numbers.isEmpty() ? 0 : numbers.last()), n -> n + 1)
            .filter(n -> !numbers.contains(n))
            .map(n -> "no event has the number " + n);
    Stream<String> odd =
        numbers.contains(0L) ? Stream.of("an event has the number 0") : Stream.of();
    return Stream.of(without.stream().map(id -> id + ": there is no sequence"), gaps, odd)
        .flatMap(violations -> violations);
  }

  private NavigableSet<Long> numbers() {
    return observed
        .events()
        .flatMap(post -> post.number().stream().boxed())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<String> retry() {
    List<Post> readable = observed.posts().stream().filter(p -> p.event().isPresent()).toList();
    return readable.stream()
        .map(Post::id)
        .distinct()
        .filter(id -> readable.stream().noneMatch(p -> p.id().equals(id) && p.acknowledged()))
        .map(id -> id + ": was not posted again after 503");
  }

  private Stream<String> identity() {
    Map<Long, Post> byNumber = new HashMap<>();
    Map<String, Post> byId = new HashMap<>();
    return observed
        .events()
        .filter(post -> post.number().isPresent())
        .flatMap(
            post -> {
              long number = post.number().getAsLong();
              Post sameNumber = byNumber.getOrDefault(number, post);
              Post sameId = byId.getOrDefault(post.id(), post);
              byNumber.putIfAbsent(number, post);
              byId.putIfAbsent(post.id(), post);
              if (!sameNumber.id().equals(post.id())) {
                return Stream.of(
                    "number %d is %s, and later %s".formatted(number, sameNumber.id(), post.id()));
              }
              return Arrays.equals(sameId.data(), post.data())
                      && sameId.number().equals(post.number())
                  ? Stream.empty()
                  : Stream.of(post.id() + ": is another event later");
            });
  }

  private Stream<String> marker() {
    List<Post> markers = observed.markers().toList();
    if (markers.isEmpty()) {
      return Stream.of("there is no event with endofstream");
    }
    long last = numbers().isEmpty() ? 0 : numbers().last();
    return markers.stream()
        .filter(marker -> marker.number().orElse(-1) != last)
        .map(
            marker ->
                "the marker has the sequence %s, and the last event %d"
                    .formatted(
                        marker.number().isPresent() ? marker.number().getAsLong() : "none", last));
  }

  private Stream<String> last() {
    List<Post> posts = observed.posts();
    int marker =
        IntStream.range(0, posts.size()).filter(i -> posts.get(i).marker()).findFirst().orElse(-1);
    if (marker < 0) {
      return Stream.empty();
    }
    List<Post> before = posts.subList(0, marker);
    Stream<String> after =
        posts.subList(marker, posts.size()).stream()
            .filter(post -> post.event().isPresent() && !post.marker())
            .map(post -> post.id() + " was posted after the marker");
    Stream<String> open =
        before.stream()
            .filter(post -> post.event().isPresent())
            .map(Post::id)
            .distinct()
            .filter(id -> before.stream().noneMatch(p -> p.id().equals(id) && p.acknowledged()))
            .map(id -> id + " was not acknowledged when the marker was posted");
    return Stream.concat(after, open);
  }

  private Stream<String> exit() {
    Observed.Exit exit = observed.exit();
    if (!exit.inTime()) {
      return Stream.of("it still ran after " + exit.took().toMillis() + " ms");
    }
    return exit.code() == 0 ? Stream.empty() : Stream.of("it exited with " + exit.code());
  }
}
