package dev.tiphys.cli.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Parts of runs as files. Their versions are in this process alone, as the runs are. */
final class FileRunParts implements RunParts {
  private final Function<String, Path> folders;
  private final Map<Path, Integer> versions = new HashMap<>();

  /**
   * @param folders where the parts of a run or a plan are, by its name
   */
  FileRunParts(Function<String, Path> folders) {
    this.folders = folders;
  }

  @Override
  public synchronized Optional<Part> find(Owner owner, String purpose, int shard) {
    Path file = file(owner, purpose, shard);
    Integer version = versions.get(file);
    if (version == null) {
      return Optional.empty();
    }
    try {
      String data = Files.readString(file, US_ASCII);
      return Optional.of(new Part(owner, purpose, shard, version.toString(), data));
    } catch (IOException e) {
      throw new Unavailable("a part of " + owner.name() + " cannot be read", e);
    }
  }

  @Override
  public synchronized Optional<Part> write(Part part) {
    Path file = file(part.owner(), part.purpose(), part.shard());
    int version = versions.getOrDefault(file, 0);
    if (!part.version().equals(version == 0 ? "" : Integer.toString(version))) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, part.data(), US_ASCII);
    } catch (IOException e) {
      throw new Unavailable("a part of " + part.owner().name() + " cannot be written", e);
    }
    versions.put(file, version + 1);
    return find(part.owner(), part.purpose(), part.shard());
  }

  private Path file(Owner owner, String purpose, int shard) {
    return folders.apply(owner.key()).resolve(purpose + "-" + shard);
  }
}
