package dev.tiphys.sidecars.watch;

/** The way from the watcher to the brokers. None of it waits. */
interface Outlet {
  /**
   * Has the message published after all of the run's that were offered before.
   *
   * @return false if too much waits already; it is then to be offered again later
   */
  boolean offer(WatchedRun run, Message message);

  /** No more comes of the run: it is complete or gone. What waits has a short time left. */
  void close(String run);
}
