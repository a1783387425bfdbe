package dev.tiphys.tests.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes of some packages once more, apart from those that the tests have: those of a folder, and
 * the build's own where the folder has none.
 */
final class CopiedClasses extends ClassLoader {
  private final Path folder;
  private final List<String> packages;

  /**
   * Copies.
   *
   * @param packages beginnings of their classes' names; all others are shared
   */
  CopiedClasses(Path folder, List<String> packages) {
    super(CopiedClasses.class.getClassLoader());
    this.folder = folder;
    this.packages = List.copyOf(packages);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (packages.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    Path edited = folder.resolve(file);
    try (InputStream stream =
        Files.exists(edited) ? Files.newInputStream(edited) : getResourceAsStream(file)) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = stream.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
