package dev.tiphys.sidecars.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a volume. Paths are relative to its folder, with slashes between; the folder itself
 * is the empty one. Symbolic links are not followed, since they may lead out of the volume; what is
 * no regular file is not there, and neither is what has a name that is no UTF-8.
 */
record Tree(Path root, Selection selection) {
  private static final Logger LOG = LoggerFactory.getLogger(Tree.class);
  private static final String ATTRIBUTES =
      "unix:ino,size,lastModifiedTime,isRegularFile,isDirectory";

  /** Who is shown around. */
  interface Visitor {
    /** Comes before what is in it. */
    void folder(String folder) throws IOException;

    void file(String path, FileState state) throws IOException;
  }

  /** The path of something below. */
  Path path(String relative) {
    return relative.isEmpty() ? root : FileNames.resolve(root, relative);
  }

  /** Shows all files below a folder that are selected, and the folders where they can be. */
  void walk(String from, Visitor visitor) throws IOException {
    Deque<String> folders = new ArrayDeque<>();
    folders.add(from);
    while (!folders.isEmpty()) {
      String folder = folders.removeLast();
      try {
        visitor.folder(folder);
        list(folder, visitor, folders);
      } catch (NoSuchFileException | NotDirectoryException e) {
        if (folder.isEmpty()) {
          throw e;
        }
        LOG.debug("{} has gone meanwhile", folder);
      } catch (AccessDeniedException e) {
        LOG.warn("{} cannot be read, and is left out", path(folder));
      }
    }
  }

  /** The state of a file; empty if none is there. */
  Optional<FileState> state(String path) throws IOException {
    try {
      Map<String, Object> attributes = attributes(path(path));
      return is("isRegularFile", attributes) ? Optional.of(state(attributes)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (e.getReason() != null && e.getReason().contains("Not a directory")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void list(String folder, Visitor visitor, Deque<String> folders) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(path(folder))) {
      for (Path child : children) {
        Optional<String> name = FileNames.last(child);
        if (name.isEmpty()) {
          LOG.warn("{} is left out: its name is no UTF-8", child);
        } else {
          visit(below(folder, name.get()), child, visitor, folders);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void visit(String path, Path child, Visitor visitor, Deque<String> folders)
      throws IOException {
    try {
      Map<String, Object> attributes = attributes(child);
      if (is("isDirectory", attributes)) {
        if (selection.enters(path)) {
          folders.add(path);
        }
      } else if (is("isRegularFile", attributes) && selection.matches(path)) {
        visitor.file(path, state(attributes));
      }
    } catch (NoSuchFileException e) {
      LOG.trace("{} has gone meanwhile", child);
    }
  }

  static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean is(String attribute, Map<String, Object> attributes) {
    return Boolean.TRUE.equals(attributes.get(attribute));
  }

  private static FileState state(Map<String, Object> attributes) {
    return new FileState(
        number(attributes.get("ino")),
        number(attributes.get("size")),
        attributes.get("lastModifiedTime") instanceof FileTime time
            ? time.to(TimeUnit.NANOSECONDS)
            : 0);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
