package dev.tiphys.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the fingerprint of what something was made of, beside it. */
record Stamp(Path file) {
  static Stamp beside(Path made) {
    return new Stamp(made.resolveSibling(made.getFileName() + ".stamp"));
  }

  boolean says(String fingerprint) throws IOException {
    return Files.exists(file) && Files.readString(file).equals(fingerprint);
  }

  void write(String fingerprint) throws IOException {
    Files.writeString(file, fingerprint);
  }

  /** First, when it is made anew: what is half made must not count. */
  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
