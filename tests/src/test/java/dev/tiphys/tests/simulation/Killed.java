package dev.tiphys.tests.simulation;

/** The process of a function is gone, in the middle of its work: nothing catches that. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed", null, false, false);
  }
}
