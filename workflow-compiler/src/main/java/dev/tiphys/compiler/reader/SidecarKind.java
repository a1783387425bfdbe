package dev.tiphys.compiler.reader;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event sidecars, and the parameters that each can have beside those of all. */
enum SidecarKind {
  STDOUTWATCHER,
  LIFECYCLEWATCHER,
  NETWORKPROXY;

  Shape shape() {
    return switch (this) {
      case STDOUTWATCHER ->
          shape(
              "a stdoutwatcher",
              Set.of("stream", "onStop"),
              Set.of("pattern", "format", "maxLine"));
      case LIFECYCLEWATCHER -> shape("a lifecyclewatcher", Set.of("stream", "on"), Set.of());
      case NETWORKPROXY ->
          shape(
              "a networkproxy",
              union(
                  Set.of("port", "upstream", "onStop"),
                  union(ProxyReader.OF_REQUESTS, ProxyReader.OF_EVENTS)),
              Set.of());
    };
  }

  private static Shape shape(String what, Set<String> own, Set<String> refused) {
    return Shape.own(
        what, union(Set.of("name", "labels", "sink"), own), union(Set.of("namespace"), refused));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}
