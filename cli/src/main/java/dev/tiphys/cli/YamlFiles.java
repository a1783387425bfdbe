package dev.tiphys.cli;

import dev.tiphys.cli.source.SourceText;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the files that paths of a call mean. */
final class YamlFiles {
  /** More nested folders than anybody has. */
  private static final int MAX_DEPTH = 64;

  private YamlFiles() {}

  /**
   * A file.
   *
   * @param named whether the call names it, so that it was not merely found in a folder
   */
  record Found(String name, boolean named) {}

  /**
   * Files in the order of the call, those of one folder by name; none twice.
   *
   * @throws ParameterException if a folder cannot be read
   */
  static List<Found> under(List<String> paths, CommandSpec command) {
    Map<String, Found> found = new LinkedHashMap<>();
    for (String path : paths) {
      if (!path.equals(SourceText.STDIN) && Files.isDirectory(Path.of(path))) {
        in(path, command).forEach(file -> found.putIfAbsent(file, new Found(file, false)));
      } else {
        found.put(path, new Found(path, true));
      }
    }
    return List.copyOf(found.values());
  }

  private static SortedSet<String> in(String folder, CommandSpec command) {
    Collector files = new Collector(Path.of(folder));
    try {
      Files.walkFileTree(
          Path.of(folder), EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, files);
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), "cannot read " + e.getMessage(), e);
    }
    return files.found;
  }

  /** Passes by hidden folders, and links that lead back up. */
  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedSet<String> found = new TreeSet<>();

    Collector(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(root) && folder.getFileName().toString().startsWith(".");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (attributes.isRegularFile() && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
        found.add(file.toString());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
