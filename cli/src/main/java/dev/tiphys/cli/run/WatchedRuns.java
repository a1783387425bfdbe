package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells of every run that is stored, after it can be read. Its key is there first: an event from
 * outside that comes at once starts instances, whose sidecars sign.
 */
final class WatchedRuns extends ForwardingRuns {
  private final Keys keys;
  private final Consumer<Run> watcher;
  private final BooleanSupplier begins;

  /**
   * @param begins whether a run is about to be asked for
   */
  WatchedRuns(Runs runs, Keys keys, Consumer<Run> watcher, BooleanSupplier begins) {
    super(runs);
    this.keys = keys;
    this.watcher = watcher;
    this.begins = begins;
  }

  @Override
  public boolean awaited(String workflow) {
    return begins.getAsBoolean() || super.awaited(workflow);
  }

  @Override
  public Creation create(Run run) {
    keys.create(run.name());
    Creation creation = super.create(run);
    if (creation == Creation.CREATED) {
      watcher.accept(run);
    }
    return creation;
  }

  @Override
  public boolean begin(Run run) {
    keys.create(run.name());
    boolean begun = super.begin(run);
    if (begun) {
      watcher.accept(run);
    }
    return begun;
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
