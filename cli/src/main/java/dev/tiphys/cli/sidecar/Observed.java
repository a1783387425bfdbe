package dev.tiphys.cli.sidecar;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sidecar has done while it was watched.
 *
 * @param posts of its first two lives, which had the same state, in their order
 * @param exit after SIGTERM in the second life
 * @param cutOff of a third life, of its own, whose sink went away before SIGTERM
 */
record Observed(List<Post> posts, Exit exit, CutOff cutOff) {
  Observed {
    posts = List.copyOf(posts);
  }

  /**
   * How a life ended.
   *
   * @param code of the process; 128 + n where signal n killed it
   * @param inTime whether by itself, within its grace period
   */
  record Exit(int code, boolean inTime, Duration took) {}

  /**
   * How a life ended whose marker cannot have been acknowledged.
   *
   * @param emitted whether it had posted anything at all
   */
  record CutOff(boolean emitted, Exit exit) {}

  /** Those that can be read and are no marker. */
  Stream<Post> events() {
    return posts.stream().filter(post -> post.event().isPresent() && !post.marker());
  }

  Stream<Post> markers() {
    return posts.stream().filter(Post::marker);
  }
}
