package dev.tiphys.cli.cluster;

import dev.tiphys.cli.run.process.WorkFolder;
import dev.tiphys.functions.deadletter.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command about the dead letters of a namespace, or of local runs. */
abstract class LettersCommand extends ClusterCommand {
  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Those of a local run, whose folder that is, and of no cluster.")
  private @Nullable Path folder;

  /** What the command does; it gives the exit code. */
  abstract int run(LetterStore letters, Optional<Cluster> cluster)
      throws IOException, InterruptedException;

  @Override
  final Optional<Integer> withoutCluster() throws InterruptedException {
    if (folder == null) {
      return Optional.empty();
    }
    if (!Files.isDirectory(folder)) {
      throw invalid("--folder " + folder + ": no such folder");
    }
    if (!ofRuns(folder)) {
      throw invalid(
          "--folder "
              + folder
              + ": no run has put anything there; give the folder that 'tiphys run' prints");
    }
    return Optional.of(told(new FolderLetters(folder), Optional.empty()));
  }

  private boolean ofRuns(Path given) {
    try {
      return WorkFolder.is(given);
    } catch (IOException e) {
      throw invalid("--folder " + given + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  final int run(Cluster cluster) throws InterruptedException {
    return cluster.installed()
        ? told(new ClusterLetters(cluster), Optional.of(cluster))
        : notInstalled();
  }

  private int told(LetterStore letters, Optional<Cluster> cluster) throws InterruptedException {
    try {
      return run(letters, cluster);
    } catch (IOException e) {
      return unavailable("the dead letters cannot be read or written: " + e.getMessage());
    }
  }

  /** Those of that name, or whose event has that id; there is at least one. */
  final List<DeadLetter> named(List<DeadLetter> letters, String id) {
    List<DeadLetter> found =
        letters.stream()
            .filter(letter -> letter.name().equals(id) || letter.event().getId().equals(id))
            .toList();
    if (found.isEmpty()) {
      throw invalid("no dead letter `%s` (see 'tiphys dead-letters list')".formatted(id));
    }
    return found;
  }
}
