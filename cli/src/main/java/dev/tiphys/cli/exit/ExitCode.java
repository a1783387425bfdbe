package dev.tiphys.cli.exit;

/** What {@code tiphys} tells the shell. */
public final class ExitCode {
  /** It was done; all runs Succeeded. */
  public static final int OK = 0;

  /** A run Failed, or ended in Error. */
  public static final int FAILED = 1;

  /** The file or the call is wrong. */
  public static final int INVALID = 2;

  /** A cluster cannot be reached or refuses: sysexits' {@code EX_UNAVAILABLE}. */
  public static final int UNAVAILABLE = 69;

  /** A bug of Tiphys: sysexits' {@code EX_SOFTWARE}. */
  public static final int BUG = 70;

  /**
   * All runs Succeeded, but events that were taken were not delivered in time: sysexits' {@code
   * EX_TEMPFAIL}.
   */
  public static final int UNDELIVERED = 75;

  /**
   * All runs Succeeded, but of what was taken not everything is accounted for: sysexits' {@code
   * EX_PROTOCOL}.
   */
  public static final int UNACCOUNTED = 76;

  /** A run took longer than {@code --timeout}, as {@code timeout(1)} has it. */
  public static final int TIMEOUT = 124;

  /** Interrupted: 128 + SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
