package dev.tiphys.sidecars.publish;

import java.io.IOException;

/** By which a sink is shown who posts. */
@FunctionalInterface
public interface Token {
  /** For a sink that asks for none. */
  Token NONE = () -> "";

  /**
   * The token as it is now: it is renewed again and again. Empty: none is shown.
   *
   * @throws IOException if there is none now
   */
  String now() throws IOException;
}
