package dev.tiphys.images.training;

import java.nio.file.Path;
import java.util.List;

/** Starts a program, lets it do its work, and ends it. */
@FunctionalInterface
public interface Training {
  /**
   * Trains once.
   *
   * @param command runs the program
   * @param log takes what it writes
   * @throws IllegalStateException if it did not do what it is there for
   */
  void run(List<String> command, Path log) throws Exception;
}
