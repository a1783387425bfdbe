package dev.tiphys.functions.authorize;

import java.security.PublicKey;
import java.util.Optional;

/** Who issues the tokens of the cluster's service accounts. */
public interface Issuer {
  /**
   * The name that is in each of its tokens.
   *
   * @throws dev.tiphys.functions.port.Unavailable if that cannot be told now
   */
  String name();

  /**
   * The key of that id; empty if the issuer has none.
   *
   * @throws dev.tiphys.functions.port.Unavailable if that cannot be told now
   */
  Optional<PublicKey> key(String id);
}
