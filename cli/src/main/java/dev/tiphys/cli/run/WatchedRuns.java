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
  private final BegunRuns begun;
  private final Consumer<Run> watcher;

  WatchedRuns(Runs runs, Keys keys, BegunRuns begun, Consumer<Run> watcher) {
    super(runs);
    this.keys = keys;
    this.begun = begun;
    this.watcher = watcher;
  }

  @Override
  public boolean awaited(String workflow) {
    return begun.asking() || super.awaited(workflow);
  }

  @Override
  public Creation create(Run run) {
    return begun.begin(
        () -> {
          keys.create(run.name());
          Creation creation = super.create(run);
          if (creation == Creation.CREATED) {
            tell(run);
          }
          return creation;
        });
  }

  @Override
  public boolean begin(Run run) {
    return begun.begin(
        () -> {
          keys.create(run.name());
          boolean stored = super.begin(run);
          if (stored) {
            tell(run);
          }
          return stored;
        });
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    boolean replaced = super.replace(run, summary);
    if (replaced) {
      tell(run);
    }
    return replaced;
  }

  private void tell(Run run) {
    watcher.accept(run);
    // last: when all is over, who watches knows of it
    begun.stored(run);
  }
}
