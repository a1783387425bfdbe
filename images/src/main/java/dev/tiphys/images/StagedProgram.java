package dev.tiphys.images;

import dev.tiphys.images.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program's folder {@code /app}, as it will be in its image: {@code lib} with the jars, the AOT
 * cache, and the arguments of {@code java} in a file.
 */
final class StagedProgram {
  static final Path IN_IMAGE = Path.of("/app");

  private static final String CACHE = "app.aot";
  private static final String ARGUMENTS = "arguments";

  /** C1 and the serial collector start fastest; a cache that does not fit ends the program. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          // or it compiles whatever the training has called often, where a few calls are made
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTReplayTraining",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          // two keys are made at each first handshake, one of either kind; the tables of secp256r1,
          // which would come first of its kind, take a tenth of a start, and who wants it still
          // gets it
          "-Djdk.tls.namedGroups=x25519,secp521r1,secp256r1,secp384r1",
          // what is called once by reflection is called at once: no code is made for it before
          "-Djdk.reflect.useNativeAccessorOnly=true",
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

  /**
   * Puts the jars there, each with the time that it will have in the image, lets the program do
   * what it will have to do, and keeps what the JVM has learned; if that was not done before.
   *
   * @param parent of the program's folder, for nothing else
   */
  static StagedProgram stage(Path parent, Program program, JavaRuntime runtime, Training training)
      throws Exception {
    Path folder =
        Folders.made(
            parent,
            fingerprint(program, runtime),
            unfinished -> new StagedProgram(unfinished, program, runtime).fill(training));
    return new StagedProgram(folder, program, runtime);
  }

  private void fill(Training training) throws Exception {
    Files.createDirectories(folder.resolve(Program.LIB));
    for (Path jar : program.jars()) {
      Files.copy(jar, staged(jar));
    }
    Folders.setTimes(folder);
    List<String> command = new ArrayList<>(List.of(runtime.java()));
    command.addAll(OPTIONS);
    command.add("-XX:AOTCacheOutput=" + folder.resolve(CACHE));
    command.addAll(program.launch(folder));
    training.run(command, folder.resolve("../../" + program.name() + "-training.log").normalize());
    if (!Files.isRegularFile(folder.resolve(CACHE))) {
      throw new IllegalStateException("the training of " + program.name() + " left no cache");
    }
    Files.write(folder.resolve(ARGUMENTS), arguments(program, IN_IMAGE));
  }

  private static String fingerprint(Program program, JavaRuntime runtime) throws Exception {
    Fingerprint fingerprint =
        new Fingerprint().text(runtime.fingerprint()).text(arguments(program, IN_IMAGE).toString());
    for (Path jar : program.jars()) {
      fingerprint.file(jar);
    }
    // a cache holds what the training has done
    Path classes =
        Path.of(Training.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    for (Path file : Folders.files(classes)) {
      fingerprint.file(file);
    }
    return fingerprint.hex();
  }

  /** What {@code java} is told where the program's folder is there. */
  private static List<String> arguments(Program program, Path app) {
    List<String> arguments = new ArrayList<>(OPTIONS);
    arguments.add("-XX:AOTCache=" + app.resolve(CACHE));
    arguments.add("-XX:AOTMode=on");
    arguments.addAll(program.launch(app));
    return arguments;
  }

  Path folder() {
    return folder;
  }

  JavaRuntime runtime() {
    return runtime;
  }

  /** What the image says of those whose work is in it. */
  List<Path> notices() {
    return program.notices();
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
    return folder.resolve(Program.LIB).resolve(jar.getFileName());
  }
}
