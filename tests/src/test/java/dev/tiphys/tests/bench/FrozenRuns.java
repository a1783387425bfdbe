package dev.tiphys.tests.bench;

import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A store that takes every change and forgets it: the functions meet the same run with each event,
 * however many there were, so a figure does not depend on how long it was measured.
 */
record FrozenRuns(Run run) implements Runs {
  @Override
  public Optional<Run> find(String name) {
    return Optional.of(run);
  }

  @Override
  public List<Run> active(String workflow) {
    return List.of(run);
  }

  @Override
  public boolean awaited(String workflow) {
    return false;
  }

  @Override
  public boolean superseded(Run known) {
    return false;
  }

  @Override
  public int activeBegunByEvents(String workflow) {
    return 0;
  }

  @Override
  public Creation create(Run created) {
    return Creation.CREATED;
  }

  @Override
  public Optional<RunRequest> requested(String name) {
    return Optional.empty();
  }

  @Override
  public boolean begin(Run begun) {
    return true;
  }

  @Override
  public boolean replace(Run replaced, Summary summary) {
    return true;
  }

  @Override
  public void show(Run shown, Supplier<Summary> summary) {}
}
