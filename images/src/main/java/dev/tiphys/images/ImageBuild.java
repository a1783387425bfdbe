package dev.tiphys.images;

import com.google.cloud.tools.jib.api.ImageReference;
import dev.tiphys.images.training.FunctionsTraining;
import dev.tiphys.images.training.SidecarsTraining;
import dev.tiphys.images.training.Training;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Builds both images. Runtime and caches of an earlier build are used again when nothing that they
 * were made of has changed.
 */
public final class ImageBuild {
  private static final String LOCAL = "dev.local/tiphys";

  /** Says something of each request. Held, or its level would be forgotten. */
  private static final Logger MOCK = Logger.getLogger("io.fabric8.mockwebserver");

  private final Path target;
  private final String version;
  private final BaseImage base;
  private final Optional<String> registry;

  private ImageBuild(Path target, String version, BaseImage base, Optional<String> registry) {
    this.target = target;
    this.version = version;
    this.base = base;
    this.registry = registry;
  }

  /**
   * Builds them.
   *
   * @param arguments the modules' folder, the version, the base image, and a registry with a path
   *     to push to if the images are to be pushed
   */
  public static void main(String[] arguments) throws Exception {
    MOCK.setLevel(Level.WARNING);
    Path modules = Path.of(arguments[0]).toRealPath();
    Optional<String> registry =
        arguments.length > 3 && !arguments[3].isBlank()
            ? Optional.of(arguments[3])
            : Optional.empty();
    ImageBuild build =
        new ImageBuild(
            modules.resolve("images/target"), arguments[1], BaseImage.of(arguments[2]), registry);
    JavaRuntime runtime = JavaRuntime.link(build.target.resolve("runtime"));
    build.make(Program.functions(modules), runtime, new FunctionsTraining());
    build.make(Program.sidecars(modules), runtime, new SidecarsTraining());
    // threads of the libraries would keep the program for a minute
    System.exit(0);
  }

  private void make(Program program, JavaRuntime runtime, Training training) throws Exception {
    Stopwatch watch = new Stopwatch();
    StagedProgram staged =
        StagedProgram.stage(target.resolve(program.name()), program, runtime, training);
    watch.say(program.name() + ", staged and trained");
    ContainerImage image = new ContainerImage(staged, base, target.resolve("layers"));
    Path tar = target.resolve("tiphys-" + program.name() + ".tar");
    image.write(tar, reference(LOCAL, program));
    watch.say(tar.getFileName().toString());
    if (registry.isPresent()) {
      ImageReference pushed = reference(registry.get(), program);
      image.push(pushed);
      watch.say("pushed " + pushed);
    }
  }

  private ImageReference reference(String path, Program program) throws Exception {
    return ImageReference.parse(path + "/" + program.name() + ":" + version);
  }

  /** Tells how long each part took. */
  @SuppressWarnings("SystemOut") // the build's own output
  private static final class Stopwatch {
    private long since = System.nanoTime();

    void say(String what) {
      long now = System.nanoTime();
      System.out.printf("%6.1f s  %s%n", (now - since) / 1e9, what);
      since = now;
    }
  }
}
