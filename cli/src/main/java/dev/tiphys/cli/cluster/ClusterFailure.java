package dev.tiphys.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;

/** What the API server did not do, in a line for people. */
final class ClusterFailure {
  private static final int UNAUTHORIZED = 401;

  private ClusterFailure() {}

  static String text(KubernetesClientException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return "the cluster does not answer: " + said(cause);
      }
    }
    if (failure.getCode() == UNAUTHORIZED) {
      return "the cluster does not know who you are (401): log in, or choose another --context";
    }
    return failure.getStatus() == null || failure.getStatus().getMessage() == null
        ? said(failure)
        : failure.getStatus().getMessage();
  }

  /** What went wrong, also where nobody gave it a message. */
  static String said(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
