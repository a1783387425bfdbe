package dev.tiphys.cli.cluster;

import dev.tiphys.functions.deadletter.DeadLetter;
import dev.tiphys.functions.deadletter.LetterPart;
import dev.tiphys.triggers.name.ResourceName;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where dead letters are kept. */
interface LetterStore {
  /**
   * One part of it.
   *
   * @param run that it belongs to; empty: it belongs to a plan
   * @param workflow label of the plan's workflow; empty where nobody says
   */
  record Kept(String run, String workflow, LetterPart part) {
    /** Whether it is about the workflow or run of that name. */
    boolean about(@Nullable String name) {
      return name == null
          || run.equals(name)
          || workflow.equals(ResourceName.of(name))
          || part.letters().values().stream().anyMatch(letter -> about(letter, name));
    }

    Stream<DeadLetter> letters(@Nullable String name) {
      return part.letters().values().stream().filter(letter -> about(letter, name));
    }

    private static boolean about(DeadLetter letter, @Nullable String name) {
      return name == null || letter.run().equals(name) || letter.workflow().equals(name);
    }
  }

  /**
   * All parts.
   *
   * @throws IOException if they cannot be read
   */
  List<Kept> parts() throws IOException;

  /**
   * The letters in all of them, the oldest first.
   *
   * @throws IOException if they cannot be read
   */
  default List<DeadLetter> letters() throws IOException {
    return parts().stream()
        .flatMap(part -> part.letters(null))
        .sorted(Comparator.comparing(DeadLetter::when))
        .toList();
  }

  /**
   * Removes letters of these names.
   *
   * @throws IOException if they cannot be written
   */
  void remove(Set<String> names) throws IOException;
}
