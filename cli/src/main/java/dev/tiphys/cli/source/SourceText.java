package dev.tiphys.cli.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a file holds.
 *
 * @param name what diagnostics call the file
 */
public record SourceText(String name, String text) {
  /** The name that stands for standard input. */
  public static final String STDIN = "-";

  /** Far more than the compiler takes; bounds what is read into memory. */
  private static final int MAX_BYTES = 16 << 20;

  /**
   * Reads a file, or standard input.
   *
   * @throws ParameterException if that cannot be done
   */
  public static SourceText read(String file, CommandSpec command) {
    try (InputStream in = file.equals(STDIN) ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable(file, "it is larger than " + (MAX_BYTES >> 20) + " MiB", command);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SourceText(file.equals(STDIN) ? "<stdin>" : file, text);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "no such file", command);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "permission denied", command);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text", command);
    } catch (IOException e) {
      String reason =
          Files.isDirectory(Path.of(file)) ? "it is a folder" : String.valueOf(e.getMessage());
      throw unreadable(file, reason, command);
    }
  }

  private static ParameterException unreadable(String file, String reason, CommandSpec command) {
    return new ParameterException(command.commandLine(), "cannot read " + file + ": " + reason);
  }
}
