package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.RunView;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows a run again and again, and once more when it is closed. */
public final class Painter implements AutoCloseable {
  private final Supplier<Optional<RunView>> run;
  private final Progress progress;
  private final Thread thread;

  /** Shows whatever the run is then; nothing while it is empty. */
  public Painter(Supplier<Optional<RunView>> run, Progress progress) {
    this.run = run;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("progress").start(this::paint);
  }

  private void paint() {
    try {
      while (true) {
        run.get().ifPresent(progress::show);
        Thread.sleep(progress.period());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run.get().ifPresent(progress::show);
  }
}
