package dev.tiphys.triggers.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a page of another site do nothing to a server on the loopback. A browser lets any page post
 * there, and a name that an attacker holds can point there (DNS rebinding); but the browser then
 * says so in {@code Origin} and {@code Host}, which a page cannot set. A program on this machine
 * names the address that it posts to, and sends no {@code Origin}.
 */
final class LocalAuthority {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int HTTP_PORT = 80;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;

  private static final String ORIGIN = "http://";

  /** In lower case. */
  private final Set<String> hosts;

  /**
   * A server on the loopback.
   *
   * @param names further host names by which it is reached
   */
  LocalAuthority(Set<String> names) {
    this.hosts =
        Stream.concat(LOOPBACK.stream(), names.stream().map(name -> name.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The answer to a request that is for somebody else or from another site's page; else empty. */
  Optional<HttpAnswer> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    int port = exchange.getLocalAddress().getPort();
    List<String> asked = headers.getOrDefault("Host", List.of());
    if (asked.size() != 1 || asked.getFirst().isBlank()) {
      return Optional.of(HttpAnswer.problem(BAD_REQUEST, "a request has one Host header"));
    }
    // a target that is a whole address counts more than Host (RFC 9112, section 3.2.2)
    String target = exchange.getRequestURI().getRawAuthority();
    if (!ours(asked.getFirst(), port) || (target != null && !ours(target, port))) {
      return forbidden(
          "the Host of this request is not this broker; if it is another name of this machine, give"
              + " it to tiphys run with --host");
    }
    return headers.getOrDefault("Origin", List.of()).stream()
            .allMatch(
                origin ->
                    origin.startsWith(ORIGIN) && ours(origin.substring(ORIGIN.length()), port))
        ? Optional.empty()
        : forbidden("pages of other sites do not publish here");
  }

  private boolean ours(String authority, int port) {
    String given = authority.strip().toLowerCase(Locale.ROOT);
    String suffix = ":" + port;
    return given.endsWith(suffix)
        ? hosts.contains(given.substring(0, given.length() - suffix.length()))
        : port == HTTP_PORT && hosts.contains(given);
  }

  private static Optional<HttpAnswer> forbidden(String detail) {
    return Optional.of(HttpAnswer.problem(FORBIDDEN, detail));
  }
}
