package dev.tiphys.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures depend on, for people. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String processors() {
    return Runtime.getRuntime().availableProcessors() + " processors, " + model();
  }

  static String system() {
    return properties("os.name", "os.version", "os.arch");
  }

  static String java() {
    return properties("java.vm.name", "java.runtime.version");
  }

  /** Linux alone tells it in a file. */
  private static String model() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String properties(String... names) {
    return String.join(" ", Stream.of(names).map(System::getProperty).toList());
  }
}
