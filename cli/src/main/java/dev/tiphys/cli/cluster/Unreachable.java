package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.view.Escaped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a broker gave no answer, and what to do about it. */
final class Unreachable {
  private static final int SAID_LIMIT = 300;

  private Unreachable() {}

  static String text(URI address, IOException failure) {
    Optional<String> reason = unconnected(failure);
    return reason.isPresent()
        ? "the broker at %s cannot be reached: %s\n  see that it runs and that the address is right: `tiphys run` tells its broker's, and without --broker-url the cluster is asked"
            .formatted(address, reason.get())
        : "the broker at %s does not answer: %s"
            .formatted(address, Escaped.text(said(failure), SAID_LIMIT));
  }

  /** Why there is no connection; empty if there was one. */
  private static Optional<String> unconnected(IOException failure) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    if (any(causes, UnresolvedAddressException.class) || any(causes, UnknownHostException.class)) {
      return Optional.of("there is no such host");
    }
    // these have a ConnectException as their cause
    if (any(causes, HttpConnectTimeoutException.class)) {
      return Optional.of("it does not connect in time");
    }
    return any(causes, ConnectException.class)
        ? Optional.of("nothing takes connections there")
        : Optional.empty();
  }

  private static boolean any(List<Throwable> causes, Class<? extends Throwable> kind) {
    return causes.stream().anyMatch(kind::isInstance);
  }

  /** The JDK's client wraps what has happened, and the wrapping tells the names of classes. */
  private static String said(Throwable failure) {
    String text = failure.getMessage();
    Throwable cause = failure.getCause();
    if (cause != null && (text == null || text.equals(cause.toString()))) {
      return said(cause);
    }
    return text == null ? "the connection broke" : text;
  }
}
