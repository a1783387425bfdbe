package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.NoRoom;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls of the API server: the one place that knows what its failures mean to the functions. */
final class ApiCall {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int INVALID = 422;

  /** How RBAC says no; admission policies name the object instead. */
  private static final Pattern NOT_AUTHORIZED = Pattern.compile("User \"[^\"]*\" cannot ");

  private ApiCall() {}

  /**
   * Asks the API server.
   *
   * @param what what is wanted, for people
   * @throws Unavailable if it cannot answer now, or will when the cluster has been put right
   * @throws Refused if it will never do that
   */
  static <T> Answer<T> of(String what, Supplier<? extends @Nullable T> call) {
    try {
      T value = ApiStreams.call(call);
      return value == null ? new Answer.Absent<>() : new Answer.Done<>(value);
    } catch (KubernetesClientException e) {
      return answer(what, e);
    }
  }

  private static <T> Answer<T> answer(String what, KubernetesClientException e) {
    return switch (e.getCode()) {
      case NOT_FOUND -> new Answer.Absent<>();
      case CONFLICT ->
          "AlreadyExists".equals(reason(e)) ? new Answer.Exists<>() : new Answer.Stale<>();
      case BAD_REQUEST, TOO_LARGE, INVALID -> throw refused(what, e);
      case FORBIDDEN -> throw forbidden(what, e);
      default -> {
        // what etcd says goes through as a fault of the server
        if (message(e).contains("request is too large")) {
          throw refused(what, e);
        }
        throw unavailable(what, e);
      }
    };
  }

  private static RuntimeException forbidden(String what, KubernetesClientException e) {
    String message = message(e);
    if (message.contains("exceeded quota")) {
      return new NoRoom(message, e);
    }
    boolean passes =
        NOT_AUTHORIZED.matcher(message).find() || message.contains("is being terminated");
    return passes ? unavailable(what, e) : refused(what, e);
  }

  private static Unavailable unavailable(String what, KubernetesClientException e) {
    return new Unavailable(what + ": " + message(e), e);
  }

  private static Refused refused(String what, KubernetesClientException e) {
    return new Refused(what + " is refused: " + message(e) + advice(message(e)), e);
  }

  /** What the namespace forbids is either Tiphys's own volume or how a task's container is set. */
  private static String advice(String message) {
    if (!message.contains("violates PodSecurity")) {
      return "";
    }
    List<String> remedies = new ArrayList<>();
    if (message.contains("hostPath")) {
      remedies.add("compile with --logs=api, which needs no hostPath");
    }
    if (message.contains("securityContext")) {
      remedies.add("set in the workflow what is missing, as examples/restricted.yaml does");
    }
    return "; "
        + (remedies.isEmpty() ? "" : String.join(", and ", remedies) + "; or ")
        + "label the namespace with pod-security.kubernetes.io/enforce=privileged to allow it";
  }

  private static String reason(KubernetesClientException e) {
    return e.getStatus() == null ? "" : String.valueOf(e.getStatus().getReason());
  }

  private static String message(KubernetesClientException e) {
    String told = e.getStatus() == null ? null : e.getStatus().getMessage();
    if (told != null) {
      return told;
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
