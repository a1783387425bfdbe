package dev.tiphys.sidecars.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
  @TempDir Path folder;

  @Test
  void areUtf8InAJvmWithoutALocale() throws Exception {
    // Given
    Path file = Files.createDirectory(folder.resolve("ü b")).resolve("grüße %+.txt");
    Files.writeString(file, "text");
    ProcessBuilder java =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                FileNamesTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true);
    java.environment().put("LC_ALL", "C");
    // When
    Process process = java.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Then
    assertThat(said.strip()).isEqualTo("4 true");
  }

  @Test
  void areNoOtherBytes() {
    // Given
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'a', (byte) 0xFF});
    // When
    Optional<String> name = FileNames.decode(bytes);
    // Then
    assertThat(name).isEmpty();
  }

  /** What the other JVM does: it goes by names that it was told, and tells those that it finds. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String inner = "\u00fc b";
    String name = "gr\u00fc\u00dfe %+.txt";
    long size = Files.size(FileNames.resolve(folder, inner + "/" + name));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(FileNames.resolve(folder, inner))) {
      boolean same = FileNames.last(found.iterator().next()).equals(Optional.of(name));
      System.out.println(size + " " + same);
    }
  }
}
