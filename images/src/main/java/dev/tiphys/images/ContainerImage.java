package dev.tiphys.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A program's image: the base, and layers for the runtime, the libraries, and what changes with
 * each build. It needs no shell, runs as a user that owns nothing, and writes no file.
 */
final class ContainerImage {
  private static final AbsoluteUnixPath APP = AbsoluteUnixPath.fromPath(StagedProgram.IN_IMAGE);
  private static final String USER = "65532:65532";
  private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
  private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");

  private final StagedProgram program;
  private final BaseImage base;
  private final Path layers;

  /**
   * An image to be.
   *
   * @param layers a folder that keeps layers for the next time
   */
  ContainerImage(StagedProgram program, BaseImage base, Path layers) {
    this.program = program;
    this.base = base;
    this.layers = layers;
  }

  /** Writes it as a docker-archive. */
  void write(Path tar, ImageReference name) throws Exception {
    contain(Containerizer.to(TarImage.at(tar).named(name)));
  }

  /** Pushes it, with the credentials that this machine's configuration has for the registry. */
  void push(ImageReference name) throws Exception {
    CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(name, event -> {});
    contain(
        Containerizer.to(
            RegistryImage.named(name).addCredentialRetriever(credentials.dockerConfig())));
  }

  private void contain(Containerizer containerizer) throws Exception {
    builder()
        .containerize(
            containerizer
                .setToolName("tiphys")
                .setBaseImageLayersCache(layers)
                .setApplicationLayersCache(layers));
  }

  private JibContainerBuilder builder() throws Exception {
    Path folder = program.folder();
    return Jib.from(base.name())
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setFileEntriesLayers(
            layer("runtime", program.runtime().folder(), program.runtime().files(), "runtime"),
            layer("libraries", folder, program.libraries(), ""),
            layer("program", folder, program.ownFiles(), ""),
            notices())
        .setEntrypoint("/app/runtime/bin/java", "@/app/arguments")
        // without it Java takes variables and names of files for ASCII: an event type may be größe
        .addEnvironmentVariable("LANG", "C.UTF-8")
        .setUser(USER)
        .setWorkingDirectory(APP)
        .setCreationTime(Folders.TIME);
  }

  private static FileEntriesLayer layer(String name, Path root, List<Path> files, String at)
      throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (Path file : files) {
      layer.addEntry(
          file,
          APP.resolve(at).resolve(root.relativize(file)),
          Files.isExecutable(file) ? EXECUTABLE : READABLE,
          Folders.TIME);
    }
    return layer.build();
  }

  private FileEntriesLayer notices() {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("notices");
    for (Path file : program.notices()) {
      layer.addEntry(file, APP.resolve(file.getFileName()), READABLE, Folders.TIME);
    }
    return layer.build();
  }

  /** The runtime's, which is this machine's. */
  private static String architecture() {
    String architecture = System.getProperty("os.arch");
    return architecture.equals("aarch64") ? "arm64" : architecture;
  }
}
