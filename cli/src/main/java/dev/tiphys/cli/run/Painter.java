package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.RunsView;
import java.util.function.Supplier;

/** Shows runs again and again, and once more when it is closed. */
public final class Painter implements AutoCloseable {
  private final Supplier<RunsView> runs;
  private final Progress progress;
  private final Thread thread;

  /** Shows whatever they are then. */
  public Painter(Supplier<RunsView> runs, Progress progress) {
    this.runs = runs;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("progress").start(this::paint);
  }

  private void paint() {
    try {
      while (true) {
        show();
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
    show();
  }

  private void show() {
    RunsView view = runs.get();
    if (!view.empty()) {
      progress.show(view);
    }
  }
}
