package dev.tiphys.compiler.reader;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event sidecars, and the parameters that each can have beside those of all. */
enum SidecarKind {
  FILEWATCHER,
  STDOUTWATCHER,
  LIFECYCLEWATCHER,
  NETWORKPROXY,
  CUSTOM;

  Shape shape() {
    return switch (this) {
      case FILEWATCHER ->
          shape(
              "a filewatcher",
              Set.of("path", "regex", "on", "settle", "content", "maxBytes", "poll", "onStop"),
              Set.of());
      case STDOUTWATCHER ->
          shape(
              "a stdoutwatcher",
              Set.of("stream", "onStop", "pattern", "format", "maxLine"),
              Set.of());
      case LIFECYCLEWATCHER -> shape("a lifecyclewatcher", Set.of("stream", "on"), Set.of());
      case NETWORKPROXY ->
          shape(
              "a networkproxy",
              union(
                  Set.of("port", "upstream", "onStop"),
                  union(ProxyReader.OF_REQUESTS, ProxyReader.OF_EVENTS)),
              Set.of());
      // any other parameter is the user's own
      case CUSTOM -> shape("a sidecar of your own", Set.of(), Set.of());
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
