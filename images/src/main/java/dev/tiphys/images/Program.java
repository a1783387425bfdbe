package dev.tiphys.images;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that gets an image of its own.
 *
 * @param name of the image
 * @param own the project's jars
 * @param libraries all other jars that it needs
 * @param options of its JVM alone
 * @param notices its licence, those of its libraries, and its bill of materials where one was made
 */
record Program(
    String name,
    String mainClass,
    List<Path> own,
    List<Path> libraries,
    List<String> options,
    List<Path> notices) {
  /**
   * It talks to the API server alone, whose authority its pod is told: the public ones, which would
   * be trusted besides, take a tenth of its start to read.
   */
  private static final List<String> TRUSTS_THE_CLUSTER = List.of("-Djavax.net.ssl.trustStore=NONE");

  /** The filewatcher asks the kernel itself for notifications. */
  private static final List<String> CALLS_THE_KERNEL =
      List.of("--enable-native-access=ALL-UNNAMED");

  /** The folder of the jars, in the program's. */
  static final String LIB = "lib";

  /** Where a module's build writes which jars it needs to run. */
  private static final String CLASS_PATH = "target/class-path";

  Program {
    own = List.copyOf(own);
    libraries = List.copyOf(libraries);
    options = List.copyOf(options);
    notices = List.copyOf(notices);
  }

  static Program functions(Path modules) throws IOException {
    return of(
        modules,
        "functions",
        "dev.tiphys.functions.shell.FunctionsApplication",
        TRUSTS_THE_CLUSTER);
  }

  static Program sidecars(Path modules) throws IOException {
    return of(modules, "sidecars", "dev.tiphys.sidecars.SidecarsApplication", CALLS_THE_KERNEL);
  }

  private static Program of(Path modules, String module, String mainClass, List<String> options)
      throws IOException {
    Path folder = modules.resolve(module);
    String classPath = Files.readString(folder.resolve(CLASS_PATH)).strip();
    List<Path> jars =
        Stream.concat(
                jarsIn(folder.resolve("target")).stream(),
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).sorted())
            .toList();
    return new Program(
        module,
        mainClass,
        jars.stream().filter(jar -> jar.startsWith(modules)).toList(),
        jars.stream().filter(jar -> !jar.startsWith(modules)).toList(),
        options,
        Stream.of(
                modules.resolve("LICENSE"),
                folder.resolve("target/THIRD-PARTY-NOTICES"),
                folder.resolve("target/sbom.json"))
            .filter(Files::isRegularFile)
            .toList());
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Its options, class path and main class, for {@code java}. */
  List<String> launch(Path app) {
    String classPath =
        jars().stream()
            .map(jar -> app.resolve(LIB).resolve(jar.getFileName()).toString())
            .collect(Collectors.joining(":"));
    return Stream.concat(options.stream(), Stream.of("-cp", classPath, mainClass)).toList();
  }

  /** In the order of the class path. */
  List<Path> jars() {
    return Stream.concat(own.stream(), libraries.stream()).toList();
  }
}
