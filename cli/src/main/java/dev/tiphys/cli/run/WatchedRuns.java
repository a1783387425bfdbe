package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells of every run that is stored, after it can be read. Its key is there first: an event from
 * outside that comes at once starts instances, whose sidecars sign.
 */
record WatchedRuns(Runs runs, Keys keys, Consumer<Run> watcher) implements Runs {
  @Override
  public Optional<Run> find(String name) {
    return runs.find(name);
  }

  @Override
  public List<Run> active(String workflow) {
    return runs.active(workflow);
  }

  @Override
  public boolean superseded(Run run) {
    return runs.superseded(run);
  }

  @Override
  public boolean create(Run run) {
    keys.create(run.name());
    boolean created = runs.create(run);
    if (created) {
      watcher.accept(run);
    }
    return created;
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    boolean replaced = runs.replace(run, summary);
    if (replaced) {
      watcher.accept(run);
    }
    return replaced;
  }
}
