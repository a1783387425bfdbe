package dev.tiphys.cli.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tiphys.functions.deadletter.LetterPart;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Dead letters of local runs that are over: files in their folder. */
record FolderLetters(Path folder) implements LetterStore {
  /** What runs and plans have put aside. */
  private static final String PARTS = "*.parts";

  @Override
  public List<Kept> parts() throws IOException {
    List<Kept> all = new ArrayList<>();
    for (Path file : files()) {
      all.add(new Kept("", "", read(file)));
    }
    return all;
  }

  private static LetterPart read(Path file) throws IOException {
    return LetterPart.read(Files.readString(file, US_ASCII));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path parts : paths(folder, PARTS)) {
      files.addAll(paths(parts, LetterPart.PURPOSE + "-*"));
    }
    return files;
  }

  private static List<Path> paths(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    }
    Collections.sort(found);
    return found;
  }

  @Override
  public void remove(Set<String> names) throws IOException {
    for (Path file : files()) {
      LetterPart part = read(file);
      if (!Collections.disjoint(part.letters().keySet(), names)) {
        Path next = file.resolveSibling("next-" + file.getFileName());
        Files.writeString(next, part.without(names).text(), US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
