package dev.tiphys.functions.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;

/**
 * Lists that the API server answers from what it has in memory.
 *
 * <p>A list that asks for nothing less than the present waits until the server knows that its
 * memory is up to date, which it asks etcd for every 100 ms (Kubernetes 1.31 and later): as long as
 * all the rest of an event takes, several times over.
 */
final class Lists {
  /** Any version will do: unlike 0 it keeps a limit in force. */
  private static final long ANY = 1;

  private Lists() {}

  /**
   * Asks for what there was at that version or later.
   *
   * @param version of any object of the kind; 0 if none is known
   */
  static ListOptions notOlderThan(long version) {
    return new ListOptionsBuilder()
        .withResourceVersion(Long.toString(Math.max(ANY, version)))
        .withResourceVersionMatch("NotOlderThan")
        .build();
  }
}
