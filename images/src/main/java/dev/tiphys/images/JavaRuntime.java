package dev.tiphys.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * A Java runtime with the modules that the programs use, linked from the JDK that this program runs
 * on. One for both images: a node that has the one has this layer of the other.
 *
 * @param folder its {@code java.home}
 * @param fingerprint changes with what it was linked from
 */
record JavaRuntime(Path folder, String fingerprint) {
  private static final List<String> MODULES =
      List.of(
          "java.base",
          // Spring's bean properties
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.security.jgss",
          "java.sql",
          "java.xml",
          "jdk.httpserver",
          "jdk.unsupported");

  private static final List<String> OPTIONS =
      List.of("--strip-debug", "--no-header-files", "--no-man-pages");

  /**
   * Links one, if the one that is there was not linked from the same.
   *
   * @param parent of the runtime's folder, for nothing else
   */
  static JavaRuntime link(Path parent) throws Exception {
    Path jdk = Path.of(System.getProperty("java.home"));
    List<String> arguments = new ArrayList<>(OPTIONS);
    arguments.addAll(List.of("--add-modules", String.join(",", MODULES), "--output"));
    String fingerprint =
        new Fingerprint()
            .text(Files.readString(jdk.resolve("release")))
            .text(Runtime.version().toString())
            .text(arguments.toString())
            .hex();
    Path folder =
        Folders.made(
            parent,
            fingerprint,
            unfinished -> {
              arguments.add(unfinished.toString());
              run("jlink", arguments);
            });
    return new JavaRuntime(folder, fingerprint);
  }

  private static void run(String tool, List<String> arguments) {
    ToolProvider provider =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("this Java has no " + tool));
    int code = provider.run(System.out, System.err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(tool + " " + arguments + " ended with " + code);
    }
  }

  List<Path> files() throws IOException {
    return Folders.files(folder);
  }

  String java() {
    return folder.resolve("bin/java").toString();
  }
}
