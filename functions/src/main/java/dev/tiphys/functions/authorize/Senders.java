package dev.tiphys.functions.authorize;

/** The accounts that may call the functions. */
@FunctionalInterface
public interface Senders {
  /**
   * Whether the subject of a genuine token is one of them.
   *
   * @param subject as Kubernetes writes it: {@code system:serviceaccount:NAMESPACE:NAME}
   * @throws dev.tiphys.functions.port.Unavailable if that cannot be told now
   */
  boolean include(String subject);
}
