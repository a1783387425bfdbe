package dev.tiphys.tests.planted;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Copies of sources, changed and compiled into a folder that goes before the build's own. */
public final class EditedClasses {
  private EditedClasses() {}

  /** The source as it would be with the edits that are for it. */
  public static String source(Path file, Collection<Edit> edits) throws IOException {
    Path project = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    String source = Files.readString(project.resolve(file));
    for (Edit edit : edits) {
      source = edit.file().equals(file) ? edit.in(source) : source;
    }
    return source;
  }

  /**
   * Compiles the edited files, and others as they are: those that have constants of them.
   *
   * @param folder where copies and classes go
   * @return the folder of the classes
   * @throws IllegalStateException if they do not compile, or an edit has no place
   */
  public static Path compile(Collection<Edit> edits, Collection<Path> others, Path folder)
      throws IOException {
    SortedSet<Path> files = new TreeSet<>(others);
    edits.forEach(edit -> files.add(edit.file()));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> copies = new ArrayList<>();
    for (Path file : files) {
      Path copy = folder.resolve("source").resolve(file);
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, source(file, edits));
      copies.add(copy);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          Stream.of(
                  List.of("-proc:none", "-nowarn", "-parameters"),
                  List.of("-cp", System.getProperty("java.class.path")),
                  List.of("-d", classes.toString()))
              .flatMap(List::stream)
              .toList();
      boolean compiled =
          compiler
              .getTask(
                  said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(copies))
              .call();
      if (!compiled) {
        throw new IllegalStateException("does not compile: " + said);
      }
    }
    return classes;
  }
}
