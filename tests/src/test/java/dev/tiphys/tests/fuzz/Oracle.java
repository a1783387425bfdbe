package dev.tiphys.tests.fuzz;

/** Tells what is right of any input. Whatever it throws is a finding. */
@FunctionalInterface
public interface Oracle {
  /** Takes an input, which need not make any sense. */
  void check(byte[] input) throws Exception;
}
