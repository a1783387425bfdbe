package dev.tiphys.cli.run.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process and what descends from it. */
record ProcessTree(ProcessHandle root) {
  private static final Duration POLL = Duration.ofMillis(10);

  /**
   * SIGTERM to all, and SIGKILL to those that are there when the grace period is over. Returns when
   * all have ended.
   */
  void stop(Duration grace) throws InterruptedException {
    List<ProcessHandle> members = members();
    // the parent first: a shell whose child is ended goes on with its next command
    members.forEach(ProcessHandle::destroy);
    if (!ended(members, grace)) {
      kill();
      members.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** SIGKILL to all. */
  void kill() {
    members().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> members() {
    List<ProcessHandle> members = new ArrayList<>(List.of(root));
    root.descendants().forEach(members::add);
    return members;
  }

  private static boolean ended(List<ProcessHandle> members, Duration grace)
      throws InterruptedException {
    // for what is not its own child, onExit of the JDK polls too, and only each 300 ms
    long deadline = System.nanoTime() + grace.toNanos();
    while (members.stream().anyMatch(Liveness::runs)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }
}
