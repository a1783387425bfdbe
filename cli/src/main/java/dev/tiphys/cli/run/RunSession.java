package dev.tiphys.cli.run;

import dev.tiphys.cli.exit.ExitCode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees runs through from their beginning to their end, whatever brings that about. */
final class RunSession {
  private final LocalRun run;
  private final Progress progress;

  RunSession(LocalRun run, Progress progress) {
    this.run = run;
    this.progress = progress;
  }

  /** Begins a run and returns when all are over and no process of them is left. */
  Ending conduct(Map<String, String> parameters, @Nullable Duration timeout)
      throws InterruptedException {
    Thread lastResort = Thread.ofPlatform().unstarted(run::kill);
    Runtime.getRuntime().addShutdownHook(lastResort);
    try (Painter _ = new Painter(run::view, progress);
        Interrupts _ = new Interrupts(run::interrupt, RunSession::exitAtOnce)) {
      announce();
      if (!run.interrupted()) {
        run.begin(parameters);
      }
      Ending ending = run.await(timeout);
      run.stop();
      return ending;
    } finally {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    }
  }

  private void announce() {
    progress.say("broker  " + run.address());
    progress.say("folder  " + run.folder());
    progress.say("Images are not used locally: tasks are processes of this machine.");
    if (!run.ignoredFields().isEmpty()) {
      progress.say("Nor is what only pods have: " + String.join(", ", run.ignoredFields()) + ".");
    }
    run.volumes().forEach(progress::say);
    if (!run.awaited().isEmpty()) {
      progress.say("Each event of type " + String.join(" or ", run.awaited()) + " begins a run.");
    }
  }

  /** The shutdown hook kills what still runs. */
  private static void exitAtOnce() {
    System.exit(ExitCode.INTERRUPTED);
  }
}
