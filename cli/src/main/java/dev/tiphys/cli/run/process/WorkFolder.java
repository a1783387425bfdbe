package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the instances of one session have their folders: {@code ROOT/RUN/INSTANCE}.
 *
 * @param keep whether folders of ended instances stay
 */
public record WorkFolder(Path root, boolean keep) {
  private static final String PREFIX = "tiphys-";
  private static final String PARTS = ".parts";
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

  /** A new folder below the parent that nobody else can read. */
  public static WorkFolder create(Path parent, boolean keep) throws IOException {
    return new WorkFolder(Files.createTempDirectory(Files.createDirectories(parent), PREFIX), keep);
  }

  /**
   * Whether that is such a folder, as far as its name and what is in it tell.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean is(Path folder) throws IOException {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    if (name != null && name.toString().startsWith(PREFIX)) {
      return true;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PARTS)) {
      return parts.iterator().hasNext();
    }
  }

  /** The instance's folder, which need not exist yet. */
  Path of(Instance.Identity instance) {
    return root.resolve(instance.run()).resolve(instance.name());
  }

  /**
   * The folder that is a volume of the instance: in its own folder one that would go with its pod,
   * and else one for all instances of the run that name it.
   */
  private Path volume(InstanceSpec spec, String name) {
    Path owner =
        spec.pod().ephemeral(name) ? of(spec.identity()) : root.resolve(spec.identity().run());
    return owner.resolve("volumes").resolve(name);
  }

  /** The folders of all volumes that the instance has, by their names; they are made. */
  SortedMap<String, Path> volumes(InstanceSpec spec) throws IOException {
    SortedMap<String, Path> folders = new TreeMap<>();
    for (String name : spec.pod().mountPaths().keySet()) {
      folders.put(name, Files.createDirectories(volume(spec, name)));
    }
    return folders;
  }

  /** The folder of its sidecars, where the task does not look. */
  Path beside(Instance.Identity instance) {
    return root.resolve(instance.run() + ".sidecars").resolve(instance.name());
  }

  /** The folder of what the run puts aside. */
  public Path parts(String run) {
    return root.resolve(run + PARTS);
  }

  void delete(Instance.Identity instance) {
    if (!keep) {
      delete(of(instance));
      delete(beside(instance));
    }
  }

  /** Removes all of it, whether or not folders are to be kept. */
  public void delete() {
    delete(root);
  }

  private static void delete(Path folder) {
    try {
      if (Files.exists(folder)) {
        Files.walkFileTree(folder, new Deletion());
      }
    } catch (IOException e) {
      LOG.debug("cannot remove {}", folder, e);
    }
  }

  /** Does not follow symbolic links: a task may have made one that leads out of its folder. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
