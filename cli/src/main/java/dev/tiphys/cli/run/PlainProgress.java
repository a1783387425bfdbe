package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.ProgressLog;
import dev.tiphys.cli.run.view.RunsView;
import dev.tiphys.functions.port.Instance;
import java.io.PrintWriter;
import java.time.Duration;

/** Line by line, for logs and pipes. */
public final class PlainProgress implements Progress {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final ProgressLog log = new ProgressLog();
  private final PrintWriter out;

  /** Prints there. */
  public PlainProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public synchronized void changed(Instance instance) {
    log.changed(instance).ifPresent(this::say);
  }

  @Override
  public synchronized void show(RunsView view) {
    log.counts(view.runs()).forEach(this::say);
    log.newWarnings(view.warnings()).forEach(this::say);
  }

  @Override
  public void close() {
    out.flush();
  }
}
