package dev.tiphys.functions.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Other runs, for those that differ from them in a point. */
public abstract class ForwardingRuns implements Runs {
  private final Runs runs;

  protected ForwardingRuns(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Optional<Run> find(String name) {
    return runs.find(name);
  }

  @Override
  public List<Run> active(String workflow) {
    return runs.active(workflow);
  }

  @Override
  public boolean awaited(String workflow) {
    return runs.awaited(workflow);
  }

  @Override
  public boolean superseded(Run run) {
    return runs.superseded(run);
  }

  @Override
  public int activeBegunByEvents(String workflow) {
    return runs.activeBegunByEvents(workflow);
  }

  @Override
  public Creation create(Run run) {
    return runs.create(run);
  }

  @Override
  public Optional<RunRequest> requested(String name) {
    return runs.requested(name);
  }

  @Override
  public boolean begin(Run run) {
    return runs.begin(run);
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    return runs.replace(run, summary);
  }

  @Override
  public void show(Run run, Supplier<Summary> summary) {
    runs.show(run, summary);
  }
}
