package dev.tiphys.functions.port;

/** That the cluster takes no more now than it has: a quota is used up. It may take it later. */
public final class NoRoom extends Unavailable {
  private static final long serialVersionUID = 1L;

  /** With what the cluster said. */
  public NoRoom(String message, Throwable cause) {
    super(message, cause);
  }
}
