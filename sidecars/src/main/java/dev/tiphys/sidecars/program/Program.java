package dev.tiphys.sidecars.program;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program at work, until SIGTERM. */
public interface Program {
  /** Its end was in order. */
  int OK = 0;

  /** It could not do all of its work; whoever runs it may start it again. */
  int FAILED = 1;

  /** It cannot work as it is set up. */
  int WRONG_SETTINGS = 2;

  /** Ends its work, in bounded time, and tells the exit code. */
  int end() throws InterruptedException;

  /** Completes, exceptionally, when it cannot go on. */
  CompletableFuture<Void> failed();

  /** Its end was in order, and the pod was being ended by somebody else than Tiphys. */
  int DISRUPTED = 3;

  /** What starting it came to. */
  sealed interface Start {}

  record Started(Program program) implements Start {}

  /** All that is wrong with its settings, each a sentence that names its variable. */
  record WrongSettings(List<String> problems) implements Start {
    public WrongSettings {
      problems = List.copyOf(problems);
    }
  }
}
