package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.util.function.Consumer;

/**
 * Tells of every run that is stored, after it can be read. Its key is there first: an event from
 * outside that comes at once starts instances, whose sidecars sign.
 */
final class WatchedRuns extends ForwardingRuns {
  private final Keys keys;
  private final Consumer<Run> watcher;

  WatchedRuns(Runs runs, Keys keys, Consumer<Run> watcher) {
    super(runs);
    this.keys = keys;
    this.watcher = watcher;
  }

  @Override
  public boolean create(Run run) {
    keys.create(run.name());
    boolean created = super.create(run);
    if (created) {
      watcher.accept(run);
    }
    return created;
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    boolean replaced = super.replace(run, summary);
    if (replaced) {
      watcher.accept(run);
    }
    return replaced;
  }
}
