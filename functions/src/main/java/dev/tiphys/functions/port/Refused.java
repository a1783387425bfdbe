package dev.tiphys.functions.port;

/** The cluster will never take what was asked of it, however often: a policy forbids it, say. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Without a word of the cluster itself. */
  public Refused(String reason) {
    super(reason);
    this.reason = reason;
  }

  /**
   * @param reason for the user: what was refused, and what to do
   */
  public Refused(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
