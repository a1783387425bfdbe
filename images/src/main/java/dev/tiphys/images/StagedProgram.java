package dev.tiphys.images;

import dev.tiphys.images.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program's folder {@code /app}, as it will be in its image: {@code lib} with the jars, the AOT
 * cache, and the arguments of {@code java} in a file.
 */
final class StagedProgram {
  private static final String LIB = "lib";
  private static final String CACHE = "app.aot";
  private static final String ARGUMENTS = "arguments";

  /** C1 and the serial collector start fastest; a cache that does not fit ends the program. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+ErrorFileToStderr",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx96m",
          // the JVM's own remarks would come between the program's lines on standard output
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private final Path folder;
  private final Program program;
  private final JavaRuntime runtime;

  private StagedProgram(Path folder, Program program, JavaRuntime runtime) {
    this.folder = folder;
    this.program = program;
    this.runtime = runtime;
  }

  /** Puts the jars there, each with the time that it will have in the image. */
  static StagedProgram stage(Path folder, Program program, JavaRuntime runtime) throws IOException {
    StagedProgram staged = new StagedProgram(folder, program, runtime);
    if (!staged.stamp().says(staged.fingerprint())) {
      staged.stamp().remove();
      Folders.delete(folder);
      Path lib = Files.createDirectories(folder.resolve(LIB));
      for (Path jar : program.jars()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
      Folders.setTimes(folder);
    }
    return staged;
  }

  /**
   * Lets the program do what it will have to do, and keeps what the JVM has learned.
   *
   * @return false if it was trained before
   */
  boolean train(Training training) throws Exception {
    String fingerprint = fingerprint();
    if (stamp().says(fingerprint)) {
      return false;
    }
    List<String> command = new ArrayList<>(List.of(runtime.java()));
    command.addAll(OPTIONS);
    command.add("-XX:AOTCacheOutput=" + folder.resolve(CACHE));
    command.addAll(List.of("-cp", classPath(folder), program.mainClass()));
    training.run(command, folder.resolveSibling(program.name() + "-training.log"));
    if (!Files.isRegularFile(folder.resolve(CACHE))) {
      throw new IllegalStateException("the training of " + program.name() + " left no cache");
    }
    Files.write(folder.resolve(ARGUMENTS), arguments(Path.of("/app")));
    Folders.setTimes(folder);
    stamp().write(fingerprint);
    return true;
  }

  /** What {@code java} is told, with {@code /app} where it is. */
  List<String> arguments(Path app) {
    List<String> arguments = new ArrayList<>(OPTIONS);
    arguments.add("-XX:AOTCache=" + app.resolve(CACHE));
    arguments.add("-XX:AOTMode=on");
    arguments.addAll(List.of("-cp", classPath(app), program.mainClass()));
    return arguments;
  }

  private String classPath(Path app) {
    return program.jars().stream()
        .map(jar -> app.resolve(LIB).resolve(jar.getFileName()).toString())
        .collect(Collectors.joining(":"));
  }

  private Stamp stamp() {
    return Stamp.beside(folder);
  }

  private String fingerprint() throws IOException {
    Fingerprint fingerprint =
        new Fingerprint().text(runtime.fingerprint()).text(arguments(Path.of("/app")).toString());
    for (Path jar : program.jars()) {
      fingerprint.file(jar);
    }
    return fingerprint.hex();
  }

  Path folder() {
    return folder;
  }

  JavaRuntime runtime() {
    return runtime;
  }

  /** Jars that change with a dependency's version. */
  List<Path> libraries() {
    return program.libraries().stream().map(this::staged).toList();
  }

  /** What changes with each build. */
  List<Path> ownFiles() {
    return Stream.concat(
            program.own().stream().map(this::staged),
            Stream.of(folder.resolve(CACHE), folder.resolve(ARGUMENTS)))
        .toList();
  }

  private Path staged(Path jar) {
    return folder.resolve(LIB).resolve(jar.getFileName());
  }
}
