package dev.tiphys.cli.run.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds commands as a shell does. Asked before a process is started, so that a missing command gets
 * a message of its own.
 *
 * @param path folders, separated like {@code PATH}
 */
record SearchPath(String path) {
  /**
   * What to run for the name: itself if it is there, {@code python3} for a missing {@code python}
   * (images have both, machines often only the former); empty if there is none.
   */
  Optional<String> resolve(String command, Path folder) {
    return find(command, folder)
        .or(() -> command.equals("python") ? find("python3", folder) : Optional.empty());
  }

  private Optional<String> find(String command, Path folder) {
    if (command.contains("/")) {
      return Stream.of(folder.resolve(command))
          .filter(SearchPath::isProgram)
          .map(Path::toString)
          .findFirst();
    }
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .filter(dir -> !dir.isEmpty())
        .map(dir -> Path.of(dir, command))
        .filter(SearchPath::isProgram)
        .map(Path::toString)
        .findFirst();
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
